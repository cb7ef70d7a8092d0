import type { Database, Statement } from "better-sqlite3";

/*
 * Statements are compiled once a connection. Only `all`, `get` and `run` are
 * called on them, so none is ever busy when it is used again.
 */
const compiled = new WeakMap<Database, Map<string, Statement<unknown[]>>>();

function statement(db: Database, sql: string): Statement<unknown[]> {
  let known = compiled.get(db);
  if (!known) compiled.set(db, (known = new Map()));
  let found = known.get(sql);
  if (!found) known.set(sql, (found = db.prepare<unknown[]>(sql)));
  return found;
}

export function all<T>(db: Database, sql: string, ...values: unknown[]): T[] {
  return statement(db, sql).all(...values) as T[];
}

export function one<T>(
  db: Database,
  sql: string,
  ...values: unknown[]
): T | undefined {
  return statement(db, sql).get(...values) as T | undefined;
}

/** @returns how many rows were written. */
export function run(db: Database, sql: string, ...values: unknown[]): number {
  return statement(db, sql).run(...values).changes;
}

/** The next free number of a table whose rows are never removed. */
export function nextId(db: Database, table: string): number {
  const row = one<{ id: number | null }>(
    db,
    `SELECT max(id) AS id FROM ${table}`,
  );
  return (row?.id ?? 0) + 1;
}
