import type { LabelDatabase } from "./label-database";
import { all } from "./statement";

/** Names of people, by their ids. */
export function namesOf(
  db: LabelDatabase,
  ids: Iterable<string>,
): Map<string, string> {
  const rows = all<{ id: string; name: string }>(
    db.$client,
    "SELECT id, name FROM people WHERE id IN (SELECT value FROM json_each(?))",
    JSON.stringify([...new Set(ids)]),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Ids of the people with one of these names. */
export function peopleNamed(
  db: LabelDatabase,
  names: readonly string[],
): string[] {
  return all<{ id: string }>(
    db.$client,
    `SELECT id FROM people WHERE name IN (SELECT value FROM json_each(?))
     ORDER BY id`,
    JSON.stringify(names),
  ).map(({ id }) => id);
}

/** People who may label, by name. */
export function labellers(
  db: LabelDatabase,
  limit: number,
): { id: string; name: string }[] {
  return all(
    db.$client,
    `SELECT id, name FROM people
     WHERE role <> 'viewer' AND disabled_at IS NULL AND placeholder_at IS NULL
     ORDER BY name, id LIMIT ?`,
    limit,
  );
}

/** People whose folded name begins with `prefix`, by name; no closed accounts. */
export function peopleBeginning(
  db: LabelDatabase,
  prefix: string,
  limit: number,
): { id: string; name: string }[] {
  return all(
    db.$client,
    `SELECT id, name FROM people
     WHERE name_key >= ? AND name_key < ? AND disabled_at IS NULL
     ORDER BY name_key LIMIT ?`,
    prefix,
    `${prefix}\u{10ffff}`,
    limit,
  );
}
