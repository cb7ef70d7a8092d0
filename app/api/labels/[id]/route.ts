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
  {
    summary: "A label, deleted or not, with every state it was ever in.",
    params: labelParams,
    response: labelHistorySchema,
  },
  ({ params }) => getLabelHistory(params.id),
);

export const PUT = route(
  {
    summary:
      "Changes a label. It names the version it was made from: when another has come between, the answer is 409 with the present label.",
    params: labelParams,
    body: editLabelSchema,
    response: labelSchema,
    may: "label.edit",
    example: { body: { text: "Negation", author: "Ada", version: 1 } },
  },
  ({ params, body }) => changeLabel(params.id, body),
);

export const DELETE = route(
  {
    summary: "Deletes a label; its history stays, and it can be restored.",
    params: labelParams,
    body: deleteLabelSchema,
    response: labelSchema,
    may: "label.delete",
    example: { body: { author: "Ada", version: 2 } },
  },
  ({ params, body }) => removeLabel(params.id, body),
);
