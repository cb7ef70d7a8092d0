import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { preload } from "react-dom";
import { featureIndexParam } from "#lib/contract/index";
import { getFeature } from "#app/_server/feature-detail";
import { getLabelling } from "#app/_server/labelling";
import { orNotFound } from "#app/_server/page-data";
import { visitor } from "#app/_server/visitor";
import { commentsQuery } from "#app/_queries/comments";
import { saePath } from "#app/_queries/api";
import { FIRST_CONTEXTS, setFirstPart } from "#app/_queries/features";
import { labellingQuery } from "#app/_queries/labels";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { viewerKey } from "#app/_queries/viewer";
import { FeatureView } from "#ui/feature-view";
import { Hydrate } from "#ui/hydrate";

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
  setFirstPart(
    client,
    saeId,
    orNotFound(() => getFeature(saeId, index, viewer, FIRST_CONTEXTS)),
  );
  preload(saePath(saeId, "features", index), {
    as: "fetch",
    crossOrigin: "anonymous",
  });
  const labelling = getLabelling(saeId, index, viewer);
  client.setQueryData(labellingQuery(saeId, index).queryKey, labelling);
  client.setQueryData(commentsQuery(saeId, index).queryKey, {
    pages: [labelling.comments],
    pageParams: [null],
  });
  client.setQueryData(viewerKey, viewer);
  return (
    <Hydrate state={dehydrated(client)}>
      <FeatureView saeId={saeId} index={index} key={index} />
    </Hydrate>
  );
}
