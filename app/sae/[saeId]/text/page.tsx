import type { Metadata } from "next";
import { Suspense } from "react";
import { warmLens } from "#app/_server/lens-process";
import { orNotFound } from "#app/_server/page-data";
import { getSae } from "#app/_server/saes";
import { visitor } from "#app/_server/visitor";
import { LensView } from "#ui/lens-view";

export const metadata: Metadata = { title: "Text lens" };

interface TextPageProps {
  params: Promise<{ saeId: string }>;
}

export default async function TextPage({ params }: TextPageProps) {
  await visitor();
  const saeId = decodeURIComponent((await params).saeId);
  orNotFound(() => getSae(saeId));
  warmLens(saeId);
  return (
    <Suspense>
      <LensView saeId={saeId} />
    </Suspense>
  );
}
