import type { Metadata } from "next";
import { Suspense } from "react";
import { orNotFound } from "#app/_server/page-data";
import { getSae } from "#app/_server/saes";
import { visitor } from "#app/_server/visitor";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { viewerKey } from "#app/_queries/viewer";
import { ExchangeView } from "#ui/exchange-view";
import { Hydrate } from "#ui/hydrate";

export const metadata: Metadata = { title: "Labels in and out" };

interface ExchangePageProps {
  params: Promise<{ saeId: string }>;
}

export default async function ExchangePage({ params }: ExchangePageProps) {
  const viewer = await visitor();
  const saeId = decodeURIComponent((await params).saeId);
  const { modelName } = orNotFound(() => getSae(saeId));
  const client = makeQueryClient();
  client.setQueryData(viewerKey, viewer);
  return (
    <Hydrate state={dehydrated(client)}>
      <Suspense>
        <ExchangeView saeId={saeId} modelName={modelName} />
      </Suspense>
    </Hydrate>
  );
}
