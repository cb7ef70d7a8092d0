import type { Metadata } from "next";
import { Suspense } from "react";
import { orNotFound } from "#app/_server/page-data";
import { getSae } from "#app/_server/saes";
import { visitor } from "#app/_server/visitor";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { viewerKey } from "#app/_queries/viewer";
import { Hydrate } from "#ui/hydrate";
import { QuizView } from "#ui/quiz-view";

export const metadata: Metadata = { title: "Quiz" };

interface QuizPageProps {
  params: Promise<{ saeId: string }>;
}

export default async function QuizPage({ params }: QuizPageProps) {
  const viewer = await visitor();
  const saeId = decodeURIComponent((await params).saeId);
  orNotFound(() => getSae(saeId));
  const client = makeQueryClient();
  client.setQueryData(viewerKey, viewer);
  return (
    <Hydrate state={dehydrated(client)}>
      <Suspense>
        <QuizView saeId={saeId} />
      </Suspense>
    </Hydrate>
  );
}
