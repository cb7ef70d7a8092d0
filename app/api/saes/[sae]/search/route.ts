import { searchPageSchema, searchQuerySchema } from "#lib/contract/index";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";
import { search } from "#app/_server/search";

export const GET = route(
  {
    summary: "Features by the text they fire on, by token, or by label.",
    params: saeParams,
    query: searchQuerySchema,
    response: searchPageSchema,
    example: { query: { q: "whale", kind: "text", limit: 3 } },
  },
  ({ params, query }) => search(params.sae, query),
);
