import type { Metadata } from "next";
import { apiDocument } from "#app/_server/api-document";
import { ApiDocs } from "#ui/api-docs";

export const metadata: Metadata = { title: "API" };

export default function ApiDocsPage() {
  return <ApiDocs document={apiDocument()} />;
}
