import { featurePairQuerySchema, featurePairSchema } from "#lib/contract/index";
import { getFeaturePair } from "#app/_server/feature-pair";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  {
    params: saeParams,
    query: featurePairQuerySchema,
    response: featurePairSchema,
  },
  ({ params, query }) => getFeaturePair(params.sae, query),
);
