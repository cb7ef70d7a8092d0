import Database from "better-sqlite3";
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { AppError } from "#lib/errors";
import { INDEX_APPLICATION_ID, INDEX_SCHEMA_VERSION } from "./index-schema";
import { explainOpening } from "./open-errors";
import type { IndexManifest, IndexSummary } from "./records";
import { keepStatements } from "./statements";

/** As much of an index as is mapped into memory; the rest is read. */
const MAPPED_BYTES = 2 ** 36;

export interface IndexDatabase {
  connection: Database.Database;
  manifest: IndexManifest;
  summary: IndexSummary;
}

/**
 * Opens an index database for reading.
 *
 * @param labelFile the label database, attached as `label_db` so that one
 *   query can filter features by their labels; not needed to read features
 *   alone.
 * @throws AppError "not_found" when there is no such file, "unavailable" when
 *   it is damaged, no index, or of another version.
 */
export function openIndexDatabase(
  file: string,
  labelFile?: string,
): IndexDatabase {
  if (!existsSync(file)) {
    throw new AppError(
      "not_found",
      `There is no index ${basename(file, ".sqlite")}; build it with \`npm run index\`.`,
    );
  }
  return explainOpening(file, "Build it again with `npm run index`.", () => {
    const connection = new Database(file, { readonly: true });
    try {
      assertIndexSchema(connection, file);
      readFast(connection);
      const [manifest, summary] = readDescription(connection, file);
      if (labelFile !== undefined) attachLabels(connection, labelFile);
      return { connection, manifest, summary };
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}

/**
 * The file never changes, only is replaced: it is read where the system keeps
 * it in memory, not copied from there, and statements are prepared once.
 */
function readFast(connection: Database.Database): void {
  connection.pragma(`mmap_size = ${MAPPED_BYTES}`);
  connection.pragma("cache_size = -32768");
  connection.pragma("temp_store = MEMORY");
  keepStatements(connection);
}

function assertIndexSchema(connection: Database.Database, file: string): void {
  const id = connection.pragma("application_id", { simple: true });
  if (id !== INDEX_APPLICATION_ID) {
    throw new AppError(
      "unavailable",
      `${file} is not a feature index; build it again with \`npm run index\`.`,
    );
  }
  const version = Number(connection.pragma("user_version", { simple: true }));
  if (version === INDEX_SCHEMA_VERSION) return;
  throw new AppError(
    "unavailable",
    version > INDEX_SCHEMA_VERSION
      ? `${file} was written by a newer Monolex; update this program, or build the index again with \`npm run index\`.`
      : `${file} was written by an older Monolex; build it again with \`npm run index\`.`,
  );
}

function readDescription(
  connection: Database.Database,
  file: string,
): [IndexManifest, IndexSummary] {
  const row = connection
    .prepare<[], { manifest: string; summary: string }>(
      "SELECT manifest.json AS manifest, summary.json AS summary FROM manifest, summary",
    )
    .get();
  if (!row) {
    throw new AppError(
      "unavailable",
      `${file} is incomplete; build it again with \`npm run index\`.`,
    );
  }
  return [
    JSON.parse(row.manifest) as IndexManifest,
    JSON.parse(row.summary) as IndexSummary,
  ];
}

function attachLabels(connection: Database.Database, labelFile: string): void {
  if (!existsSync(labelFile)) {
    throw new AppError(
      "unavailable",
      `There is no label database at ${labelFile}; create it with \`npm run migrate\`.`,
    );
  }
  connection.prepare("ATTACH DATABASE ? AS label_db").run(labelFile);
}
