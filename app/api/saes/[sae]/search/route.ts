import { searchPageSchema, searchQuerySchema } from "#lib/contract/index";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";
import { search } from "#app/_server/search";

export const GET = route(
  {
    summary:
      "Features by label, by the text or token they fire on, by the logits they raise, by a text of one's own, by likeness or by number; with why each was found.",
    params: saeParams,
    query: searchQuerySchema,
    response: searchPageSchema,
    example: { query: { q: "whale density:<1%", in: "near", limit: 3 } },
  },
  ({ params, query, request, actor }) =>
    search(actor, params.sae, query, request.signal),
);
