import { comparePairSchema, saeComparisonSchema } from "#lib/contract/index";
import { compareSaes } from "#app/_server/compare";
import { route } from "#app/_server/route";

export const GET = route(
  {
    summary: "Two SAEs side by side, and how their features match.",
    query: comparePairSchema,
    response: saeComparisonSchema,
    example: { query: { a: "{sae}", b: "{sae}" } },
  },
  ({ query }) => compareSaes(query),
);
