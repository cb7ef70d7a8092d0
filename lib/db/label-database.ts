import Database from "better-sqlite3";
import {
  drizzle,
  type BetterSQLite3Database,
} from "drizzle-orm/better-sqlite3";
import { existsSync } from "node:fs";
import { AppError } from "#lib/errors";
import { PROJECTION_VERSION } from "./events/index";
import journal from "./migrations/meta/_journal.json";
import { explainOpening } from "./open-errors";
import { projectionVersion } from "./rebuild";
import { keepStatements } from "./statements";

/** Waits this long for another process's write before giving up. */
const BUSY_TIMEOUT_MS = 5000;

/**
 * Opens the label database for reading and writing: WAL, foreign keys on, and
 * every commit flushed to the disk before it is acknowledged.
 *
 * @throws AppError "unavailable" when the file is missing, damaged, or of
 *   another version than this program's (see `assertLabelSchema`).
 */
export function openLabelDatabase(file: string): LabelDatabase {
  if (!existsSync(file)) {
    throw new AppError(
      "unavailable",
      `There is no label database at ${file}; create it with \`npm run migrate\`.`,
    );
  }
  return explainOpening(file, "Restore it from a backup.", () => {
    const connection = new Database(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      setLabelPragmas(connection);
      assertLabelSchema(connection, file);
    } catch (error) {
      connection.close();
      throw error;
    }
    keepStatements(connection);
    return drizzle({ client: connection });
  });
}

export type LabelDatabase = BetterSQLite3Database & {
  $client: Database.Database;
};

export function setLabelPragmas(connection: Database.Database): void {
  connection.pragma("journal_mode = WAL");
  connection.pragma("foreign_keys = ON");
  connection.pragma("synchronous = FULL");
}

/**
 * @throws AppError "unavailable" unless exactly our migrations are applied and
 *   the projections were made by our rules.
 */
export function assertLabelSchema(
  connection: Database.Database,
  file: string,
): void {
  const applied = lastMigration(connection);
  const expected = Math.max(...journal.entries.map((entry) => entry.when));
  const made = applied === expected ? projectionVersion(connection) : 0;
  if (applied === expected && made === PROJECTION_VERSION) return;
  throw new AppError(
    "unavailable",
    applied > expected || made > PROJECTION_VERSION
      ? `The label database ${file} was written by a newer Monolex; update this program.`
      : `The label database ${file} is of an older version; bring it up to date with \`npm run migrate\`.`,
  );
}

/** When the newest applied migration was made (ms); 0 if none was applied. */
export function lastMigration(connection: Database.Database): number {
  const table = connection
    .prepare("SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'")
    .get();
  if (!table) return 0;
  return (
    connection
      .prepare<[], number>("SELECT max(created_at) FROM __drizzle_migrations")
      .pluck()
      .get() ?? 0
  );
}
