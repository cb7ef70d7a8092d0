import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { featureIndexParam } from "#lib/contract/index";
import { assertFeature, readerOf } from "#app/_server/databases";
import { orNotFound } from "#app/_server/page-data";
import { visitor } from "#app/_server/visitor";
import { saePath } from "#app/_queries/api";
import { BrowserOnly } from "#ui/browser-only";
import { FeatureLoading } from "#ui/feature-loading";
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
  await visitor();
  const { saeId: escaped, index: text } = await params;
  const saeId = decodeURIComponent(escaped);
  const parsed = featureIndexParam.safeParse(text);
  if (!parsed.success) notFound();
  const index = parsed.data;
  orNotFound(() => {
    assertFeature(readerOf(saeId), index);
  });
  const feature = { saeId, index };
  return (
    <BrowserOnly
      fallback={<FeatureLoading {...feature} />}
      asks={[saePath(saeId, "features", index)]}
    >
      <FeatureView {...feature} key={index} />
    </BrowserOnly>
  );
}
