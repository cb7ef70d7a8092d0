import type { z } from "zod";
import type {
  namesQuerySchema,
  namesSchema,
  Person,
} from "#lib/contract/index";
import { namesOf, peopleBeginning } from "#lib/db/index";
import { nameKey } from "#lib/people/index";
import { labels } from "./databases";

/**
 * Looks all of these people up at once; the function returned says what others
 * see of one.
 */
export function peopleOf(ids: Iterable<string | null>): (id: string) => Person {
  const known = namesOf(
    labels(),
    [...ids].filter((id) => id !== null),
  );
  return (id) => ({ id, name: known.get(id) ?? "somebody" });
}

/** People to choose from while a name is typed. */
export function getNames({
  q,
  limit,
}: z.output<typeof namesQuerySchema>): z.output<typeof namesSchema> {
  return { people: peopleBeginning(labels(), nameKey(q), limit) };
}
