import {
  labelListSchema,
  labelSchema,
  newLabelSchema,
} from "#lib/contract/index";
import { addLabel, featureLabels } from "#app/_server/labels";
import { route } from "#app/_server/route";
import { featureParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary: "A feature's labels, newest first.",
    params: featureParams,
    response: labelListSchema,
  },
  ({ params: { sae, index }, actor }) => ({
    labels: featureLabels(sae, index, actor),
  }),
);

export const POST = route(
  {
    summary: "Gives a feature a label.",
    may: "label.create",
    params: featureParams,
    body: newLabelSchema,
    response: labelSchema,
    status: 201,
    example: { body: { text: "Words for no", confidence: "high" } },
  },
  ({ params, body, ...asked }) =>
    addLabel(asked, params.sae, params.index, body),
);
