import { featurePageSchema, featureQuerySchema } from "#lib/contract/index";
import { listFeatures } from "#app/_server/features";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary: "A page of the feature table, sorted and filtered.",
    params: saeParams,
    query: featureQuerySchema,
    response: featurePageSchema,
    example: { query: { sort: "maxActivation", limit: 3 } },
  },
  ({ params, query }) => listFeatures(params.sae, query),
);
