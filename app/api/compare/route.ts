import { comparePairSchema, saeComparisonSchema } from "#lib/contract/index";
import { compareSaes } from "#app/_server/compare";
import { route } from "#app/_server/route";

export const GET = route(
  { query: comparePairSchema, response: saeComparisonSchema },
  ({ query }) => compareSaes(query),
);
