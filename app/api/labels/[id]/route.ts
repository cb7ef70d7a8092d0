import {
  deleteLabelSchema,
  editLabelSchema,
  labelHistorySchema,
  labelSchema,
} from "#lib/contract/index";
import { changeLabel, getLabelHistory, removeLabel } from "#app/_server/labels";
import { route } from "#app/_server/route";
import { labelParams } from "#app/_server/route-params";

export const GET = route(
  { params: labelParams, response: labelHistorySchema },
  ({ params }) => getLabelHistory(params.id),
);

export const PUT = route(
  {
    params: labelParams,
    body: editLabelSchema,
    response: labelSchema,
    may: "label.edit",
  },
  ({ params, body }) => changeLabel(params.id, body),
);

export const DELETE = route(
  {
    params: labelParams,
    body: deleteLabelSchema,
    response: labelSchema,
    may: "label.delete",
  },
  ({ params, body }) => removeLabel(params.id, body),
);
