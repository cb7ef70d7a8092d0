import { labellingSchema } from "#lib/contract/index";
import { getLabelling } from "#app/_server/labelling";
import { route } from "#app/_server/route";
import { featureParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "Everything people said of a feature: its state, labels, comments, rubrics, flags and lists.",
    params: featureParams,
    response: labellingSchema,
  },
  ({ params, actor }) => getLabelling(params.sae, params.index, actor),
);
