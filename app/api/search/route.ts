import {
  everywherePageSchema,
  everywhereQuerySchema,
} from "#lib/contract/index";
import { route } from "#app/_server/route";
import { searchEverywhere } from "#app/_server/search-everywhere";

export const GET = route(
  {
    summary: "A search in every SAE: the first few features of each place.",
    query: everywhereQuerySchema,
    response: everywherePageSchema,
    example: { query: { q: "king", limit: 3 } },
  },
  ({ query, actor }) => searchEverywhere(actor, query),
);
