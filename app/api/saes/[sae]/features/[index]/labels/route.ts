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
  ({ params }) => ({ labels: featureLabels(params.sae, params.index) }),
);

export const POST = route(
  {
    summary: "Gives a feature a label.",
    params: featureParams,
    body: newLabelSchema,
    response: labelSchema,
    status: 201,
    may: "label.create",
    example: { body: { text: "Words for no", author: "Ada" } },
  },
  ({ params, body }) => addLabel(params.sae, params.index, body),
);
