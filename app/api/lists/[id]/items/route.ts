import {
  addItemsSchema,
  listSchema,
  removeItemsSchema,
} from "#lib/contract/index";
import { addItems, removeItems } from "#app/_server/lists";
import { route } from "#app/_server/route";
import { idParams } from "#app/_server/route-params";

export const POST = route(
  {
    summary:
      "Adds features at the end of a list; those in it stay where they are.",
    may: "list.edit",
    params: idParams,
    body: addItemsSchema,
    response: listSchema,
    example: { body: { items: [{ sae: "demo", feature: 7 }] } },
  },
  ({ params, body, ...asked }) => addItems(asked, params.id, body),
);

export const DELETE = route(
  {
    summary: "Takes features out of a list.",
    may: "list.edit",
    params: idParams,
    body: removeItemsSchema,
    response: listSchema,
    example: { body: { items: [{ sae: "demo", feature: 7 }] } },
  },
  ({ params, body, ...asked }) => removeItems(asked, params.id, body),
);
