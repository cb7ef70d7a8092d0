import { documentQuerySchema, documentPageSchema } from "#lib/contract/index";
import { readDocument } from "#app/_server/documents";
import { route } from "#app/_server/route";
import { documentParams } from "#app/_server/route-params";

export const GET = route(
  {
    params: documentParams,
    query: documentQuerySchema,
    response: documentPageSchema,
  },
  ({ params, query }) => readDocument(params.sae, params.document, query),
);
