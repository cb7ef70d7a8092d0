import { featureRowsQuerySchema, featureRowsSchema } from "#lib/contract/index";
import { featureRows } from "#app/_server/features";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary: "The table's rows of certain features, in the order asked for.",
    params: saeParams,
    query: featureRowsQuerySchema,
    response: featureRowsSchema,
    example: { query: { features: "7,3" } },
  },
  ({ params, query, actor }) => featureRows(params.sae, query.features, actor),
);
