import type { Metadata } from "next";
import { Suspense } from "react";
import { orNotFound } from "#app/_server/page-data";
import { getSae } from "#app/_server/saes";
import { visitor } from "#app/_server/visitor";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { viewerKey } from "#app/_queries/viewer";
import { EvidenceView } from "#ui/evidence-view";
import { Hydrate } from "#ui/hydrate";

export const metadata: Metadata = { title: "Evidence" };

interface EvidencePageProps {
  params: Promise<{ saeId: string }>;
}

export default async function EvidencePage({ params }: EvidencePageProps) {
  const viewer = await visitor();
  const saeId = decodeURIComponent((await params).saeId);
  orNotFound(() => getSae(saeId));
  const client = makeQueryClient();
  client.setQueryData(viewerKey, viewer);
  return (
    <Hydrate state={dehydrated(client)}>
      <Suspense>
        <EvidenceView saeId={saeId} />
      </Suspense>
    </Hydrate>
  );
}
