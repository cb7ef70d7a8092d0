import { labelSchema, acceptSchema } from "#lib/contract/index";
import { decideOnLabel } from "#app/_server/labels";
import { route } from "#app/_server/route";
import { idParams } from "#app/_server/route-params";

export const PUT = route(
  {
    summary:
      "A maintainer's decision that this is what the feature is called, or its withdrawal.",
    may: "label.accept",
    params: idParams,
    body: acceptSchema,
    response: labelSchema,
    example: { body: { accepted: true, version: 1 } },
  },
  ({ params, body, ...asked }) => decideOnLabel(asked, params.id, body),
);
