import {
  featurePairQuerySchema,
  pairContextsSchema,
} from "#lib/contract/index";
import { findPairContexts } from "#app/_server/pair-contexts";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "Contexts in which both of two features fire, and in which one does.",
    params: saeParams,
    query: featurePairQuerySchema,
    response: pairContextsSchema,
    example: { query: { a: "7", b: "8" } },
  },
  ({ params, query }) => findPairContexts(params.sae, query),
);
