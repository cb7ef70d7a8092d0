import type { Database } from "better-sqlite3";

export function all<T>(db: Database, sql: string, ...values: unknown[]): T[] {
  return db.prepare<unknown[]>(sql).all(...values) as T[];
}

export function one<T>(
  db: Database,
  sql: string,
  ...values: unknown[]
): T | undefined {
  return db.prepare<unknown[]>(sql).get(...values) as T | undefined;
}

/** @returns how many rows were written. */
export function run(db: Database, sql: string, ...values: unknown[]): number {
  return db.prepare<unknown[]>(sql).run(...values).changes;
}

/** The next free number of a table whose rows are never removed. */
export function nextId(db: Database, table: string): number {
  const row = one<{ id: number | null }>(
    db,
    `SELECT max(id) AS id FROM ${table}`,
  );
  return (row?.id ?? 0) + 1;
}
