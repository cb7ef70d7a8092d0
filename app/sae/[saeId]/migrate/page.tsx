import type { Metadata } from "next";
import { Suspense } from "react";
import { orNotFound } from "#app/_server/page-data";
import { getSae, listSaes } from "#app/_server/saes";
import { visitor } from "#app/_server/visitor";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { saeListQuery } from "#app/_queries/saes";
import { viewerKey } from "#app/_queries/viewer";
import { Hydrate } from "#ui/hydrate";
import { MigrateView } from "#ui/migrate-view";

export const metadata: Metadata = { title: "Take labels over" };

interface MigratePageProps {
  params: Promise<{ saeId: string }>;
}

export default async function MigratePage({ params }: MigratePageProps) {
  const viewer = await visitor();
  const saeId = decodeURIComponent((await params).saeId);
  orNotFound(() => getSae(saeId));
  const client = makeQueryClient();
  client.setQueryData(viewerKey, viewer);
  client.setQueryData(saeListQuery().queryKey, listSaes());
  return (
    <Hydrate state={dehydrated(client)}>
      <Suspense>
        <MigrateView saeId={saeId} />
      </Suspense>
    </Hydrate>
  );
}
