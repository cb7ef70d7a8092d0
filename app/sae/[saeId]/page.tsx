import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { Suspense } from "react";
import { featureQuerySchema } from "#lib/contract/index";
import { listFeatures } from "#app/_server/features";
import { orNotFound } from "#app/_server/page-data";
import { getSae } from "#app/_server/saes";
import { visitor } from "#app/_server/visitor";
import { featureListQuery, parseTableView } from "#app/_queries/feature-list";
import { makeQueryClient } from "#app/_queries/query-client";
import { saeQuery } from "#app/_queries/saes";
import { SaeView } from "#ui/sae-view";

interface SaePageProps {
  params: Promise<{ saeId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({
  params,
}: SaePageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).saeId) };
}

export default async function SaePage({ params, searchParams }: SaePageProps) {
  await visitor();
  const saeId = decodeURIComponent((await params).saeId);
  const view = parseTableView(
    Object.entries(await searchParams).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
  const client = makeQueryClient();
  client.setQueryData(
    saeQuery(saeId).queryKey,
    orNotFound(() => getSae(saeId)),
  );
  client.setQueryData(featureListQuery(saeId, view).queryKey, {
    pages: [listFeatures(saeId, featureQuerySchema.parse(view))],
    pageParams: [null],
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <Suspense>
        <SaeView saeId={saeId} />
      </Suspense>
    </HydrationBoundary>
  );
}
