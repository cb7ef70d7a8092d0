import { listSchema, moveItemSchema } from "#lib/contract/index";
import { moveItem } from "#app/_server/lists";
import { route } from "#app/_server/route";
import { idParams } from "#app/_server/route-params";

export const PUT = route(
  {
    summary:
      "Moves a feature in a list before another, or null: to the end; or changes its note.",
    may: "list.edit",
    params: idParams,
    body: moveItemSchema,
    response: listSchema,
    example: { body: { sae: "demo", feature: 7, before: null } },
  },
  ({ params, body, ...asked }) => moveItem(asked, params.id, body),
);
