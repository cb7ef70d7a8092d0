import { featureRowsQuerySchema, featureRowsSchema } from "#lib/contract/index";
import { featureRows } from "#app/_server/features";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  {
    params: saeParams,
    query: featureRowsQuerySchema,
    response: featureRowsSchema,
  },
  ({ params, query }) => featureRows(params.sae, query.features),
);
