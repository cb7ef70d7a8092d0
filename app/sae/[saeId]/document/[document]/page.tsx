import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { documentQuerySchema } from "#lib/contract/index";
import { storedDocument } from "#app/_server/documents";
import { orNotFound } from "#app/_server/page-data";
import { visitor } from "#app/_server/visitor";
import { documentParams } from "#app/_server/route-params";
import { documentQuery } from "#app/_queries/documents";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { DocumentReader } from "#ui/document-reader";
import { Hydrate } from "#ui/hydrate";

export const metadata: Metadata = { title: "Document" };

interface DocumentPageProps {
  params: Promise<{ saeId: string; document: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function DocumentPage(props: DocumentPageProps) {
  await visitor();
  const { saeId: escaped, document: text } = await props.params;
  const saeId = decodeURIComponent(escaped);
  const place = documentParams.safeParse({ sae: saeId, document: text });
  const query = documentQuerySchema.safeParse(await props.searchParams);
  if (!place.success || !query.success) notFound();
  const { document } = place.data;
  const { feature, at, from } = query.data;
  const view = { feature, at, from };
  const client = makeQueryClient();
  client.setQueryData(
    documentQuery(saeId, document, view, "stored").queryKey,
    orNotFound(() => storedDocument(saeId, document, view)),
  );
  return (
    <Hydrate state={dehydrated(client)}>
      <Suspense>
        <DocumentReader saeId={saeId} document={document} view={view} />
      </Suspense>
    </Hydrate>
  );
}
