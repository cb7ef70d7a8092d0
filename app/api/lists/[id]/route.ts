import {
  describeListSchema,
  listDetailSchema,
  listSchema,
  listsQuerySchema,
  versionSchema,
} from "#lib/contract/index";
import { changeList, deleteList, getList } from "#app/_server/lists";
import { route } from "#app/_server/route";
import { idParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary: "A list with its features, in its order.",
    params: idParams,
    query: listsQuerySchema,
    response: listDetailSchema,
  },
  ({ params, query, actor }) => getList(params.id, actor, query),
);

export const PUT = route(
  {
    summary: "Changes a list's name or description.",
    may: "list.edit",
    params: idParams,
    body: describeListSchema,
    response: listSchema,
    example: {
      body: { name: "Negation", description: "Words for no.", version: 1 },
    },
  },
  ({ params, body, ...asked }) => changeList(asked, params.id, body),
);

export const DELETE = route(
  {
    summary: "Deletes a list; it can be restored.",
    may: "list.delete",
    params: idParams,
    body: versionSchema,
    response: listSchema,
    example: { body: { version: 1 } },
  },
  ({ params, body, ...asked }) => deleteList(asked, params.id, body),
);
