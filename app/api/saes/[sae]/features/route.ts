import { featurePageSchema, featureQuerySchema } from "#lib/contract/index";
import { listFeatures } from "#app/_server/features";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  { params: saeParams, query: featureQuerySchema, response: featurePageSchema },
  ({ params, query }) => listFeatures(params.sae, query),
);
