import type { Metadata } from "next";
import { Suspense } from "react";
import { orNotFound } from "#app/_server/page-data";
import { getQueue } from "#app/_server/queue";
import { visitor } from "#app/_server/visitor";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { queueQuery } from "#app/_queries/queue";
import { viewerKey } from "#app/_queries/viewer";
import { Hydrate } from "#ui/hydrate";
import { QueueView } from "#ui/queue-view";

interface QueuePageProps {
  params: Promise<{ saeId: string }>;
}

export const metadata: Metadata = { title: "Labelling queue" };

export default async function QueuePage({ params }: QueuePageProps) {
  const viewer = await visitor();
  const saeId = decodeURIComponent((await params).saeId);
  const client = makeQueryClient();
  client.setQueryData(
    queueQuery(saeId).queryKey,
    orNotFound(() => getQueue(saeId, viewer)),
  );
  client.setQueryData(viewerKey, viewer);
  return (
    <Hydrate state={dehydrated(client)}>
      <Suspense>
        <QueueView saeId={saeId} />
      </Suspense>
    </Hydrate>
  );
}
