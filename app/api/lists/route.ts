import {
  listPageSchema,
  listSchema,
  allListsQuerySchema,
  newListSchema,
} from "#lib/contract/index";
import { addList, allLists } from "#app/_server/lists";
import { route } from "#app/_server/route";

export const GET = route(
  {
    summary: "Lists of features, the newest first.",
    query: allListsQuerySchema,
    response: listPageSchema,
  },
  ({ query }) => allLists(query),
);

export const POST = route(
  {
    summary: "Makes a list of features.",
    may: "list.create",
    body: newListSchema,
    response: listSchema,
    status: 201,
    example: { body: { name: "Negation" } },
  },
  ({ body, ...asked }) => addList(asked, body),
);
