import type { Metadata } from "next";
import { Suspense } from "react";
import { orNotFound } from "#app/_server/page-data";
import { getSae } from "#app/_server/saes";
import { visitor } from "#app/_server/visitor";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { saeQuery } from "#app/_queries/saes";
import { AtlasView } from "#ui/atlas-view";
import { Hydrate } from "#ui/hydrate";

export const metadata: Metadata = { title: "Atlas" };

interface AtlasPageProps {
  params: Promise<{ saeId: string }>;
}

export default async function AtlasPage({ params }: AtlasPageProps) {
  await visitor();
  const saeId = decodeURIComponent((await params).saeId);
  const client = makeQueryClient();
  client.setQueryData(
    saeQuery(saeId).queryKey,
    orNotFound(() => getSae(saeId)),
  );
  return (
    <Hydrate state={dehydrated(client)}>
      <Suspense>
        <AtlasView saeId={saeId} />
      </Suspense>
    </Hydrate>
  );
}
