import { labelSchema, revertLabelSchema } from "#lib/contract/index";
import { takeLabelBack } from "#app/_server/labels";
import { route } from "#app/_server/route";
import { idParams } from "#app/_server/route-params";

export const POST = route(
  {
    summary: "Makes what an earlier version said the label's contents again.",
    may: "label.revert",
    params: idParams,
    body: revertLabelSchema,
    response: labelSchema,
    example: { body: { version: 2, to: 1 } },
  },
  ({ params, body, ...asked }) => takeLabelBack(asked, params.id, body),
);
