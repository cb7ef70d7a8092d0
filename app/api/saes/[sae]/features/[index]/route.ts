import { featureDetailSchema } from "#lib/contract/index";
import { getFeature } from "#app/_server/feature-detail";
import { route } from "#app/_server/route";
import { featureParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "A feature: its figures, its contexts, what it does, its labels, and exactly what was measured.",
    params: featureParams,
    response: featureDetailSchema,
  },
  ({ params, actor }) => getFeature(params.sae, params.index, actor),
);
