import Database from "better-sqlite3";
import { applyEvent, eventsAfter, link, type EventRow } from "./event-log";
import { PROJECTION_VERSION, PROJECTIONS } from "./events/index";
import { all, one, run } from "./statement";

/** Events read at a time. */
const BATCH = 2000;

/**
 * Applies the events of `source` after number `after` to the projections of
 * `target`. @returns the number of the last one.
 */
export function replay(
  source: Database.Database,
  target: Database.Database,
  after = 0,
): number {
  let last = after;
  for (;;) {
    const events = eventsAfter(source, last, BATCH);
    for (const event of events) applyEvent(target, event);
    last = events.at(-1)?.seq ?? last;
    if (events.length < BATCH) return last;
  }
}

/** Makes all projections anew from the events. Within a transaction. */
export function rebuildProjections(connection: Database.Database): void {
  for (const table of PROJECTIONS) run(connection, `DELETE FROM ${table}`);
  replay(connection, connection);
  markProjections(connection);
}

export function markProjections(connection: Database.Database): void {
  run(
    connection,
    "INSERT OR REPLACE INTO projection (id, version) VALUES (1, ?)",
    PROJECTION_VERSION,
  );
}

/** By which rules the projections were made; 0: never. */
export function projectionVersion(connection: Database.Database): number {
  return (
    one<{ version: number }>(
      connection,
      "SELECT version FROM projection WHERE id = 1",
    )?.version ?? 0
  );
}

/**
 * Chains the events that a migration copied from an older log; those have an
 * empty chain. Within a transaction.
 */
export function sealEvents(connection: Database.Database): void {
  let before = one<{ chain: Buffer }>(
    connection,
    "SELECT chain FROM events WHERE length(chain) > 0 ORDER BY seq DESC LIMIT 1",
  )?.chain;
  for (;;) {
    const rows = all<EventRow>(
      connection,
      `SELECT seq, id, at, actor, kind, sae_hash AS saeHash, feature, payload
       FROM events WHERE length(chain) = 0 ORDER BY seq LIMIT ${BATCH}`,
    );
    if (rows.length === 0) return;
    for (const row of rows) {
      before = link(before, row);
      run(
        connection,
        "UPDATE events SET chain = ? WHERE seq = ?",
        before,
        row.seq,
      );
    }
  }
}

/** A new database in memory or a file with these tables of another, empty. */
export function emptyCopy(
  source: Database.Database,
  file: string,
  tables: readonly string[],
): Database.Database {
  const copy = new Database(file);
  // It can be made again: speed before safety.
  copy.pragma("journal_mode = OFF");
  copy.pragma("synchronous = OFF");
  const names = JSON.stringify(tables);
  const statements = all<{ sql: string }>(
    source,
    `SELECT sql FROM sqlite_schema
     WHERE tbl_name IN (SELECT value FROM json_each(?)) AND sql IS NOT NULL
     ORDER BY type = 'trigger', type = 'index'`,
    names,
  );
  for (const { sql } of statements) copy.exec(sql);
  return copy;
}
