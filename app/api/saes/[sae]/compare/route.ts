import { featurePairQuerySchema, featurePairSchema } from "#lib/contract/index";
import { getFeaturePair } from "#app/_server/feature-pair";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "Two features: cosines of their directions, and how often they fire together.",
    params: saeParams,
    query: featurePairQuerySchema,
    response: featurePairSchema,
    example: { query: { a: "7", b: "8" } },
  },
  ({ params, query }) => getFeaturePair(params.sae, query),
);
