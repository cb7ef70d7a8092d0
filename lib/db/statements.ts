import type { Database, Statement } from "better-sqlite3";

/** Views differ in their SQL; more of them than this are not kept. */
const MOST = 500;

/**
 * Makes a connection prepare each text once: preparing takes longer than most
 * look-ups do. A statement is shared by all who prepare its text, so it is to
 * be run to its end (`get`, `all`) before it is run again.
 */
export function keepStatements(db: Database): void {
  const prepare = db.prepare.bind(db) as (sql: string) => Statement;
  const kept = new Map<string, Statement>();
  db.prepare = ((sql: string): Statement => {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    if (kept.size >= MOST) kept.clear();
    const made = prepare(sql);
    kept.set(sql, made);
    return made;
  }) as Database["prepare"];
}
