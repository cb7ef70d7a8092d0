import { comparePairSchema, matchStartedSchema } from "#lib/contract/index";
import { makeMatch } from "#app/_server/compare";
import { route } from "#app/_server/route";

export const POST = route(
  {
    summary: "Begins to match the features of two SAEs, unless that is done.",
    body: comparePairSchema,
    response: matchStartedSchema,
    // What is made is a cache; who may look at it may have it made.
    may: "read",
    status: 202,
    example: { body: { a: "first-sae", b: "second-sae" } },
  },
  ({ body }) => makeMatch(body),
);
