import { featurePointsSchema } from "#lib/contract/index";
import { getPoints } from "#app/_server/points";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  { params: saeParams, response: featurePointsSchema },
  ({ params }) => getPoints(params.sae),
);
