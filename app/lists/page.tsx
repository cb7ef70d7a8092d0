import type { Metadata } from "next";
import { Suspense } from "react";
import { allListsQuerySchema } from "#lib/contract/index";
import { allLists } from "#app/_server/lists";
import { visitor } from "#app/_server/visitor";
import { listsQuery } from "#app/_queries/lists";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { viewerKey } from "#app/_queries/viewer";
import { Hydrate } from "#ui/hydrate";
import { ListsView } from "#ui/lists-view";

export const metadata: Metadata = { title: "Lists" };

interface ListsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ListsPage({ searchParams }: ListsPageProps) {
  const viewer = await visitor();
  const { whose } = await searchParams;
  const owner = whose === "mine" ? viewer.id : null;
  const client = makeQueryClient();
  client.setQueryData(viewerKey, viewer);
  client.setQueryData(listsQuery(owner).queryKey, {
    pages: [
      allLists(allListsQuerySchema.parse(owner === null ? {} : { owner })),
    ],
    pageParams: [null],
  });
  return (
    <Hydrate state={dehydrated(client)}>
      <Suspense>
        <ListsView />
      </Suspense>
    </Hydrate>
  );
}
