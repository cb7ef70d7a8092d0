import {
  editLabelSchema,
  labelHistorySchema,
  labelSchema,
  versionSchema,
} from "#lib/contract/index";
import { changeLabel, getLabelHistory, removeLabel } from "#app/_server/labels";
import { route } from "#app/_server/route";
import { idParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary: "A label, deleted or not, with every state it was ever in.",
    params: idParams,
    response: labelHistorySchema,
  },
  ({ params, actor }) => getLabelHistory(params.id, actor),
);

export const PUT = route(
  {
    summary:
      "Changes a label. It names the version it was made from: when another has come between, the answer is 409 with the present label.",
    may: "label.edit",
    params: idParams,
    body: editLabelSchema,
    response: labelSchema,
    example: { body: { text: "Negation", version: 1 } },
  },
  ({ params, body, ...asked }) => changeLabel(asked, params.id, body),
);

export const DELETE = route(
  {
    summary: "Deletes a label; its history stays, and it can be restored.",
    may: "label.delete",
    params: idParams,
    body: versionSchema,
    response: labelSchema,
    example: { body: { version: 2 } },
  },
  ({ params, body, ...asked }) => removeLabel(asked, params.id, body),
);
