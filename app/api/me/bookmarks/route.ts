import { bookmarkPageSchema, listsQuerySchema } from "#lib/contract/index";
import { myBookmarks } from "#app/_server/lists";
import { route } from "#app/_server/route";

export const GET = route(
  {
    summary: "One's own bookmarks, the newest first.",
    query: listsQuerySchema,
    response: bookmarkPageSchema,
  },
  ({ query, actor }) => myBookmarks(actor, query),
);
