import type { Metadata } from "next";
import { listsQuerySchema } from "#lib/contract/index";
import { myBookmarks } from "#app/_server/lists";
import { visitor } from "#app/_server/visitor";
import { bookmarksQuery } from "#app/_queries/bookmarks";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { viewerKey } from "#app/_queries/viewer";
import { BookmarksView } from "#ui/bookmarks-view";
import { Hydrate } from "#ui/hydrate";

export const metadata: Metadata = { title: "Bookmarks" };

export default async function BookmarksPage() {
  const viewer = await visitor();
  const client = makeQueryClient();
  client.setQueryData(viewerKey, viewer);
  client.setQueryData(bookmarksQuery().queryKey, {
    pages: [myBookmarks(viewer, listsQuerySchema.parse({}))],
    pageParams: [null],
  });
  return (
    <Hydrate state={dehydrated(client)}>
      <BookmarksView />
    </Hydrate>
  );
}
