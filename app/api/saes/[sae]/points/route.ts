import { featurePointsSchema } from "#lib/contract/index";
import { getPoints } from "#app/_server/points";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "What the maps of all features say: sources, and how far labelling has come. Where and how often features fire is in points/columns.",
    params: saeParams,
    response: featurePointsSchema,
  },
  ({ params }) => getPoints(params.sae),
);
