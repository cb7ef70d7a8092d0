import {
  labelListSchema,
  labelSchema,
  newLabelSchema,
} from "#lib/contract/index";
import { addLabel, featureLabels } from "#app/_server/labels";
import { route } from "#app/_server/route";
import { featureParams } from "#app/_server/route-params";

export const GET = route(
  { params: featureParams, response: labelListSchema },
  ({ params }) => ({ labels: featureLabels(params.sae, params.index) }),
);

export const POST = route(
  {
    params: featureParams,
    body: newLabelSchema,
    response: labelSchema,
    status: 201,
    may: "label.create",
  },
  ({ params, body }) => addLabel(params.sae, params.index, body),
);
