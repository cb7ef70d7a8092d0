import { namesQuerySchema, namesSchema } from "#lib/contract/index";
import { getNames } from "#app/_server/people-names";
import { route } from "#app/_server/route";

export const GET = route(
  {
    summary: "People whose names begin so, to name them in a comment; by name.",
    query: namesQuerySchema,
    response: namesSchema,
    example: { query: { q: "a" } },
  },
  ({ query }) => getNames(query),
);
