import { documentQuerySchema, documentPageSchema } from "#lib/contract/index";
import { readDocument } from "#app/_server/documents";
import { route } from "#app/_server/route";
import { documentParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "A page of a document of the corpus with a feature's activation on every token.",
    params: documentParams,
    query: documentQuerySchema,
    response: documentPageSchema,
    example: { query: { feature: "7", at: 40 } },
  },
  ({ params, query }) => readDocument(params.sae, params.document, query),
);
