import { labelSchema, versionSchema } from "#lib/contract/index";
import { bringLabelBack } from "#app/_server/labels";
import { route } from "#app/_server/route";
import { idParams } from "#app/_server/route-params";

export const POST = route(
  {
    summary: "Brings a deleted label back.",
    may: "label.restore",
    params: idParams,
    body: versionSchema,
    response: labelSchema,
    example: { body: { version: 3 } },
  },
  ({ params, body, ...asked }) => bringLabelBack(asked, params.id, body),
);
