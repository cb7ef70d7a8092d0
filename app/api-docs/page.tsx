import type { Metadata } from "next";
import { apiDocument } from "#app/_server/api-document";
import { visitor } from "#app/_server/visitor";
import { ApiDocs } from "#ui/api-docs";

export const metadata: Metadata = { title: "API" };

export default async function ApiDocsPage() {
  await visitor();
  return <ApiDocs document={await apiDocument()} />;
}
