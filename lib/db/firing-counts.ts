import type { Database } from "better-sqlite3";

/** How often each of these features fired; unknown ones are left out. */
export function firingCounts(
  db: Database,
  features: ArrayLike<number>,
): Map<number, number> {
  return new Map(
    db
      .prepare<[string], [number, number]>(
        `SELECT feature, firing_count FROM features
         WHERE feature IN (SELECT value FROM json_each(?))`,
      )
      .raw()
      .all(JSON.stringify(Array.from(features))),
  );
}
