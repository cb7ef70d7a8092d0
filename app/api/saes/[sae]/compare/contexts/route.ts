import {
  featurePairQuerySchema,
  pairContextsSchema,
} from "#lib/contract/index";
import { findPairContexts } from "#app/_server/pair-contexts";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  {
    params: saeParams,
    query: featurePairQuerySchema,
    response: pairContextsSchema,
  },
  ({ params, query }) => findPairContexts(params.sae, query),
);
