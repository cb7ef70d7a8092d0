import { featurePointsSchema } from "#lib/contract/index";
import { getPoints } from "#app/_server/points";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "How often and how strongly every feature fires, and its place in the atlas, as packed arrays.",
    params: saeParams,
    response: featurePointsSchema,
  },
  ({ params }) => getPoints(params.sae),
);
