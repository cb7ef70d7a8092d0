import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { featureIndexParam } from "#lib/contract/index";
import { getFeature } from "#app/_server/feature-detail";
import { getLabelling } from "#app/_server/labelling";
import { orNotFound } from "#app/_server/page-data";
import { visitor } from "#app/_server/visitor";
import { commentsQuery } from "#app/_queries/comments";
import { featureQuery } from "#app/_queries/features";
import { labellingQuery } from "#app/_queries/labels";
import { makeQueryClient } from "#app/_queries/query-client";
import { viewerKey } from "#app/_queries/viewer";
import { FeatureView } from "#ui/feature-view";

interface FeaturePageProps {
  params: Promise<{ saeId: string; index: string }>;
}

export async function generateMetadata({
  params,
}: FeaturePageProps): Promise<Metadata> {
  const { index } = await params;
  return { title: `Feature ${index}` };
}

export default async function FeaturePage({ params }: FeaturePageProps) {
  const viewer = await visitor();
  const { saeId: escaped, index: text } = await params;
  const saeId = decodeURIComponent(escaped);
  const parsed = featureIndexParam.safeParse(text);
  if (!parsed.success) notFound();
  const index = parsed.data;
  const client = makeQueryClient();
  client.setQueryData(
    featureQuery(saeId, index).queryKey,
    orNotFound(() => getFeature(saeId, index, viewer)),
  );
  const labelling = getLabelling(saeId, index, viewer);
  client.setQueryData(labellingQuery(saeId, index).queryKey, labelling);
  client.setQueryData(commentsQuery(saeId, index).queryKey, {
    pages: [labelling.comments],
    pageParams: [null],
  });
  client.setQueryData(viewerKey, viewer);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <FeatureView saeId={saeId} index={index} key={index} />
    </HydrationBoundary>
  );
}
