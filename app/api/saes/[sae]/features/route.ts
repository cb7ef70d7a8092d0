import { featurePageSchema, featureQuerySchema } from "#lib/contract/index";
import { listFeatures } from "#app/_server/feature-table";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "A page of the feature table, filtered and sorted in the language of searches.",
    params: saeParams,
    query: featureQuerySchema,
    response: featurePageSchema,
    example: { query: { q: "density:<1% sort:max", limit: 3 } },
  },
  ({ params, query, actor }) => listFeatures(params.sae, query, actor),
);
