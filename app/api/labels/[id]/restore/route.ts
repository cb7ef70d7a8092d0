import { deleteLabelSchema, labelSchema } from "#lib/contract/index";
import { bringLabelBack } from "#app/_server/labels";
import { route } from "#app/_server/route";
import { labelParams } from "#app/_server/route-params";

/** Who restores it and which version: the same as for a deletion. */
export const POST = route(
  {
    summary: "Brings a deleted label back, as it was.",
    params: labelParams,
    body: deleteLabelSchema,
    response: labelSchema,
    may: "label.restore",
    example: { body: { author: "Ada", version: 3 } },
  },
  ({ params, body }) => bringLabelBack(params.id, body),
);
