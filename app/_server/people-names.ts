import type { Person } from "#lib/contract/index";
import { namesOf } from "#lib/db/index";
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
