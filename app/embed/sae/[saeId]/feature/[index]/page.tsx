import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { featureParams } from "#app/_server/route-params";
import { getFeature } from "#app/_server/feature-detail";
import { orNotFound } from "#app/_server/page-data";
import { visitor } from "#app/_server/visitor";
import { actorOf } from "#app/_server/session";
import { featureQuery } from "#app/_queries/features";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { FeatureEmbed } from "#ui/feature-embed";
import { Hydrate } from "#ui/hydrate";

interface EmbedPageProps {
  params: Promise<{ saeId: string; index: string }>;
}

export async function generateMetadata({
  params,
}: EmbedPageProps): Promise<Metadata> {
  const { index } = await params;
  return { title: `Feature ${index}`, robots: { index: false } };
}

export default async function EmbedPage({ params }: EmbedPageProps) {
  await visitor();
  const { saeId, index } = await params;
  const parsed = featureParams.safeParse({
    sae: decodeURIComponent(saeId),
    index,
  });
  if (!parsed.success) notFound();
  const feature = parsed.data;
  const viewer = await actorOf({ headers: await headers() });
  const client = makeQueryClient();
  client.setQueryData(
    featureQuery(feature.sae, feature.index).queryKey,
    orNotFound(() => getFeature(feature.sae, feature.index, viewer)),
  );
  return (
    <Hydrate state={dehydrated(client)}>
      <Suspense>
        <FeatureEmbed saeId={feature.sae} index={feature.index} />
      </Suspense>
    </Hydrate>
  );
}
