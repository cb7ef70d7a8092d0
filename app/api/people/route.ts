import { peoplePageSchema, peopleQuerySchema } from "#lib/contract/index";
import { getPeople } from "#app/_server/people";
import { route } from "#app/_server/route";

export const GET = route(
  {
    summary: "Who has an account, or those known by name only, page by page.",
    query: peopleQuerySchema,
    response: peoplePageSchema,
    may: "people.list",
  },
  ({ query }) => getPeople(query),
);
