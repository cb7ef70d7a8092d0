import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { Suspense } from "react";
import { orNotFound } from "#app/_server/page-data";
import { getSae } from "#app/_server/saes";
import { visitor } from "#app/_server/visitor";
import { makeQueryClient } from "#app/_queries/query-client";
import { viewerKey } from "#app/_queries/viewer";
import { EvidenceView } from "#ui/evidence-view";

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
    <HydrationBoundary state={dehydrate(client)}>
      <Suspense>
        <EvidenceView saeId={saeId} />
      </Suspense>
    </HydrationBoundary>
  );
}
