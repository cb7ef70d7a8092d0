import { matchListQuerySchema, matchPageSchema } from "#lib/contract/index";
import { listMatches } from "#app/_server/compare";
import { route } from "#app/_server/route";

export const GET = route(
  { query: matchListQuerySchema, response: matchPageSchema },
  ({ query }) => listMatches(query),
);
