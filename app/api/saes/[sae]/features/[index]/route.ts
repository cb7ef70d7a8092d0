import { featureDetailSchema } from "#lib/contract/index";
import { getFeature } from "#app/_server/feature-detail";
import { route } from "#app/_server/route";
import { featureParams } from "#app/_server/route-params";

export const GET = route(
  { params: featureParams, response: featureDetailSchema },
  ({ params }) => getFeature(params.sae, params.index),
);
