import { matchListQuerySchema, matchPageSchema } from "#lib/contract/index";
import { listMatches } from "#app/_server/compare";
import { route } from "#app/_server/route";

export const GET = route(
  {
    summary:
      "Features of one of two matched SAEs, with the nearest of the other.",
    query: matchListQuerySchema,
    response: matchPageSchema,
    example: { query: { a: "{sae}", b: "{sae}" } },
  },
  ({ query, actor }) => listMatches(actor, query),
);
