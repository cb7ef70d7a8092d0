import type Database from "better-sqlite3";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "#lib/errors";
import { compareTable, type TableComparison } from "./compare-tables";
import { EVENT_COLUMNS, link, type EventRow } from "./event-log";
import { PROJECTIONS } from "./events/index";
import { openLabelDatabase } from "./label-database";
import { emptyCopy, replay } from "./rebuild";
import { all } from "./statement";

/** The full-text index over labels is made of `labels` by triggers. */
const SEARCH = "label_search";
const TABLES = [...PROJECTIONS, SEARCH];

/** Differences of one table that are told in full. */
const DIFFERENCES_SHOWN = 5;
const BATCH = 5000;

export interface LabelCheck {
  /** Events in the log. */
  events: number;
  /** What SQLite finds wrong with the file; empty: nothing. */
  integrity: string[];
  /** What is wrong with the log itself; empty: nothing. It has no repair. */
  log: string[];
  tables: TableComparison[];
  /** Tables that were written anew. */
  repaired: string[];
}

/** Whether everything is as it should be. */
export function isSound({ integrity, log, tables }: LabelCheck): boolean {
  return (
    integrity.length === 0 &&
    log.length === 0 &&
    tables.every((table) => table.differences === 0)
  );
}

/**
 * Checks the label database: the file, the numbers and the chain of the
 * events, and every other table against one made anew of the events. People
 * may go on writing meanwhile.
 *
 * @param options.repair writes the tables that differ anew, in one
 *   transaction; the result then says what was found before.
 * @throws AppError "unavailable" when the file cannot be read at all.
 */
export function verifyLabels(
  file: string,
  options: { repair?: boolean } = {},
): LabelCheck {
  const connection = openLabelDatabase(file).$client;
  const folder = mkdtempSync(join(tmpdir(), "monolex-verify-"));
  let rebuilt: Database.Database | undefined;
  try {
    // One state of the database, whatever is written meanwhile.
    connection.exec("BEGIN");
    const integrity = integrityOf(connection);
    const { log, events } = checkLog(connection);
    rebuilt = emptyCopy(connection, join(folder, "rebuilt.sqlite"), TABLES);
    const made = rebuilt;
    let last = 0;
    if (log.length === 0) {
      last = made.transaction(() => replay(connection, made))();
    }
    const tables =
      log.length > 0
        ? []
        : TABLES.map((table) =>
            compareTable(connection, made, table, DIFFERENCES_SHOWN),
          );
    connection.exec("COMMIT");
    const check = { events, integrity, log, tables, repaired: [] as string[] };
    if (options.repair === true) {
      check.repaired = repair(connection, made, last, check);
    }
    return check;
  } finally {
    if (connection.inTransaction) connection.exec("ROLLBACK");
    connection.close();
    rebuilt?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function integrityOf(connection: Database.Database): string[] {
  const found = connection.pragma("integrity_check(20)") as {
    integrity_check: string;
  }[];
  const said = found.map((row) => row.integrity_check);
  return said.length === 1 && said[0] === "ok" ? [] : said;
}

/** Numbers without gaps, and a chain that was not broken. */
function checkLog(connection: Database.Database): {
  log: string[];
  events: number;
} {
  let before: Buffer | undefined;
  let seq = 0;
  for (;;) {
    const rows = all<EventRow & { chain: Buffer }>(
      connection,
      `SELECT ${EVENT_COLUMNS}, chain FROM events WHERE seq > ?
       ORDER BY seq LIMIT ${BATCH}`,
      seq,
    );
    for (const { chain, ...row } of rows) {
      if (row.seq !== seq + 1) {
        const log = [`Events ${seq + 1} to ${row.seq - 1} are missing.`];
        return { log, events: seq };
      }
      before = link(before, row);
      if (!before.equals(chain)) {
        const log = [
          `Event ${row.seq} or one before it is not what was written.`,
        ];
        return { log, events: seq };
      }
      seq = row.seq;
    }
    if (rows.length < BATCH) return { log: [], events: seq };
  }
}

/** @returns the tables written anew. */
function repair(
  connection: Database.Database,
  rebuilt: Database.Database,
  last: number,
  check: LabelCheck,
): string[] {
  if (check.log.length > 0) {
    throw new AppError(
      "unavailable",
      `The event log itself is damaged (${check.log[0]}): restore a backup with \`npm run labels:restore\`.`,
    );
  }
  const wrong = check.tables
    .filter((table) => table.differences > 0)
    .map((table) => table.table);
  if (wrong.length === 0) return [];
  connection.prepare("ATTACH DATABASE ? AS rebuilt").run(rebuilt.name);
  connection
    .transaction(() => {
      // What was written since belongs to it too.
      replay(connection, rebuilt, last);
      for (const table of wrong) copyTable(connection, table);
      // Triggers wrote it while `labels` was copied.
      if (wrong.includes("labels")) copyTable(connection, SEARCH);
    })
    .immediate();
  connection.exec("DETACH DATABASE rebuilt");
  return wrong;
}

function copyTable(connection: Database.Database, table: string): void {
  connection.exec(`DELETE FROM main.${table}`);
  connection.exec(
    table === SEARCH
      ? `INSERT INTO main.${SEARCH} (rowid, text)
         SELECT rowid, text FROM rebuilt.${SEARCH}`
      : `INSERT INTO main.${table} SELECT * FROM rebuilt.${table}`,
  );
}
