import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { chmodSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  assertLabelSchema,
  lastMigration,
  setLabelPragmas,
} from "./label-database";
import journal from "./migrations/meta/_journal.json";
import { PROJECTION_VERSION } from "./events/index";
import { explainOpening } from "./open-errors";
import { projectionVersion, rebuildProjections, sealEvents } from "./rebuild";

/** npm runs every command in the project's folder. */
const migrationsFolder = () => join(process.cwd(), "lib/db/migrations");

/** When the newest migration of this program was made (ms). */
export function newestMigration(): number {
  return Math.max(...journal.entries.map((entry) => entry.when));
}

/**
 * Creates the label database, or brings it up to date; all of it or nothing.
 * Labels are never lost by it.
 *
 * @returns how many migrations were applied.
 * @throws AppError "unavailable" when the file is damaged or was written by a
 *   newer version.
 */
export function migrateLabels(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  return explainOpening(file, "Restore it from a backup.", () => {
    const connection = new Database(file);
    try {
      setLabelPragmas(connection);
      const before = lastMigration(connection);
      const pending = journal.entries.filter((entry) => entry.when > before);
      if (pending.length > 0) {
        // Hashes of passwords are in it: for its owner alone.
        chmodSync(file, 0o600);
        migrate(drizzle({ client: connection }), {
          migrationsFolder: migrationsFolder(),
        });
      }
      bringProjections(connection);
      assertLabelSchema(connection, file);
      return pending.length;
    } finally {
      connection.close();
    }
  });
}

/** Makes the projections anew when they were made by older rules. */
function bringProjections(connection: Database.Database): void {
  if (projectionVersion(connection) >= PROJECTION_VERSION) return;
  connection
    .transaction(() => {
      sealEvents(connection);
      rebuildProjections(connection);
    })
    .immediate();
}
