import { neighboursSchema } from "#lib/contract/index";
import { getNeighbours } from "#app/_server/feature-detail";
import { route } from "#app/_server/route";
import { featureParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "All known neighbours of a feature by cosine between decoder directions, nearest first.",
    params: featureParams,
    response: neighboursSchema,
  },
  ({ params, actor }) => getNeighbours(params.sae, params.index, actor),
);
