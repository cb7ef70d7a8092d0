import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  assertLabelSchema,
  lastMigration,
  setLabelPragmas,
} from "./label-database";
import journal from "./migrations/meta/_journal.json";
import { explainOpening } from "./open-errors";

/** npm runs every command in the project's folder. */
const migrationsFolder = () => join(process.cwd(), "lib/db/migrations");

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
        migrate(drizzle({ client: connection }), {
          migrationsFolder: migrationsFolder(),
        });
      }
      assertLabelSchema(connection, file);
      return pending.length;
    } finally {
      connection.close();
    }
  });
}
