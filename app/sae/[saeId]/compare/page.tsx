import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { featurePairQuerySchema } from "#lib/contract/index";
import { getFeature } from "#app/_server/feature-detail";
import { getFeaturePair } from "#app/_server/feature-pair";
import { orNotFound } from "#app/_server/page-data";
import { visitor } from "#app/_server/visitor";
import { actorOf } from "#app/_server/session";
import { featurePairQuery } from "#app/_queries/feature-pair";
import { featureQuery } from "#app/_queries/features";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { Hydrate } from "#ui/hydrate";
import { PairView } from "#ui/pair-view";

interface PairPageProps {
  params: Promise<{ saeId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({
  searchParams,
}: PairPageProps): Promise<Metadata> {
  const { a, b } = await searchParams;
  return { title: `Features ${String(a)} and ${String(b)}` };
}

export default async function PairPage(props: PairPageProps) {
  await visitor();
  const saeId = decodeURIComponent((await props.params).saeId);
  const query = featurePairQuerySchema.safeParse(await props.searchParams);
  if (!query.success) notFound();
  const { a, b, other = saeId } = query.data;
  const pair = { saeId, a, b, other };
  const viewer = await actorOf({ headers: await headers() });
  const client = makeQueryClient();
  for (const [sae, index] of [
    [saeId, a],
    [other, b],
  ] as const) {
    client.setQueryData(
      featureQuery(sae, index).queryKey,
      orNotFound(() => getFeature(sae, index, viewer)),
    );
  }
  client.setQueryData(
    featurePairQuery(pair).queryKey,
    await getFeaturePair(saeId, query.data),
  );
  return (
    <Hydrate state={dehydrated(client)}>
      <Suspense>
        <PairView pair={pair} key={`${a} ${b} ${other}`} />
      </Suspense>
    </Hydrate>
  );
}
