import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { listsQuerySchema } from "#lib/contract/index";
import { getList } from "#app/_server/lists";
import { orNotFound } from "#app/_server/page-data";
import { idParams } from "#app/_server/route-params";
import { visitor } from "#app/_server/visitor";
import { listQuery } from "#app/_queries/lists";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { viewerKey } from "#app/_queries/viewer";
import { Hydrate } from "#ui/hydrate";
import { ListView } from "#ui/list-view";

interface ListPageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({
  params,
}: ListPageProps): Promise<Metadata> {
  const { id } = await params;
  return { title: `List ${id}` };
}

export default async function ListPage({ params }: ListPageProps) {
  const viewer = await visitor();
  const parsed = idParams.safeParse(await params);
  if (!parsed.success) notFound();
  const { id } = parsed.data;
  const client = makeQueryClient();
  client.setQueryData(viewerKey, viewer);
  client.setQueryData(listQuery(id).queryKey, {
    pages: [orNotFound(() => getList(id, viewer, listsQuerySchema.parse({})))],
    pageParams: [null],
  });
  return (
    <Hydrate state={dehydrated(client)}>
      <ListView id={id} key={id} />
    </Hydrate>
  );
}
