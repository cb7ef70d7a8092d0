import Database from "better-sqlite3";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { AppError } from "#lib/errors";
import type { MatchColumns, MatchManifest } from "./match-records";
import { explainOpening } from "./open-errors";
import { explainWriting, syncPath } from "./writing";

/*
 * The match of two SAEs: one file a pair, written once, then only read.
 * Rebuildable, so it has no migrations: a file of another version is made
 * again.
 */
export const MATCH_SCHEMA_VERSION = 1;

/** PRAGMA application_id of a match database ("MnlM"). */
const MATCH_APPLICATION_ID = 0x4d6e6c4d;

const TABLES = `
  CREATE TABLE manifest (json TEXT NOT NULL);

  -- side: 0 or 1, as in the manifest. best: a feature of the other side.
  CREATE TABLE features (
    side INTEGER NOT NULL,
    feature INTEGER NOT NULL,
    best INTEGER NOT NULL,
    cosine REAL NOT NULL,
    encoder_cosine REAL NOT NULL,
    mutual INTEGER NOT NULL,
    live INTEGER NOT NULL,
    PRIMARY KEY (side, feature)
  ) WITHOUT ROWID;
`;

/** Every list is a range of one of these. */
const INDEXES = `
  CREATE INDEX features_cosine ON features (side, cosine, feature);
  CREATE INDEX features_mutual ON features (side, mutual, cosine, feature);
  CREATE INDEX live_cosine ON features (side, cosine, feature) WHERE live = 1;
  CREATE INDEX live_mutual ON features (side, mutual, cosine, feature)
    WHERE live = 1;
`;

/** The file of a pair, whichever of the two comes first. */
export function matchFileName(hashA: string, hashB: string): string {
  return `${[hashA, hashB].sort().join("-")}.sqlite`;
}

/**
 * Writes a match whole or not at all.
 *
 * @param columns of the manifest's sides, in its order
 * @throws AppError "disk_full".
 */
export function writeMatch(
  file: string,
  manifest: Omit<MatchManifest, "schemaVersion">,
  columns: readonly [MatchColumns, MatchColumns],
): void {
  const temporary = `${file}.tmp`;
  explainWriting(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    rmSync(temporary, { force: true });
    const db = new Database(temporary);
    try {
      // Nobody reads this file before it is finished.
      db.pragma("journal_mode = OFF");
      db.pragma("synchronous = OFF");
      db.pragma(`application_id = ${MATCH_APPLICATION_ID}`);
      db.pragma(`user_version = ${MATCH_SCHEMA_VERSION}`);
      db.transaction(() => {
        db.exec(TABLES);
        db.prepare("INSERT INTO manifest VALUES (?)").run(
          JSON.stringify({ schemaVersion: MATCH_SCHEMA_VERSION, ...manifest }),
        );
        columns.forEach((side, number) => {
          insertSide(db, number, side);
        });
        db.exec(INDEXES);
      })();
      db.exec("ANALYZE");
      db.close();
      syncPath(temporary);
      renameSync(temporary, file);
      syncPath(dirname(file));
    } catch (error) {
      db.close();
      rmSync(temporary, { force: true });
      throw error;
    }
  });
}

function insertSide(
  db: Database.Database,
  side: number,
  { best, cosine, encoderCosine, mutual, live }: MatchColumns,
): void {
  const insert = db.prepare(
    "INSERT INTO features VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  best.forEach((other, feature) => {
    insert.run(
      side,
      feature,
      other,
      cosine[feature],
      encoderCosine[feature],
      mutual[feature],
      live[feature],
    );
  });
}

export interface MatchDatabase {
  connection: Database.Database;
  manifest: MatchManifest;
}

/**
 * Opens a match for reading.
 *
 * @throws AppError "not_found" when there is no such file, "unavailable" when
 *   it is damaged, no match, or of another version.
 */
export function openMatchDatabase(file: string): MatchDatabase {
  if (!existsSync(file)) {
    throw new AppError(
      "not_found",
      "These two SAEs have not been matched yet; `npm run match` does it.",
    );
  }
  const advice = "Make it again with `npm run match`.";
  return explainOpening(file, advice, () => {
    const connection = new Database(file, { readonly: true });
    try {
      const id = connection.pragma("application_id", { simple: true });
      const version = connection.pragma("user_version", { simple: true });
      if (id !== MATCH_APPLICATION_ID || version !== MATCH_SCHEMA_VERSION) {
        throw new AppError(
          "unavailable",
          `${basename(file)} is not a match that this version reads. ${advice}`,
        );
      }
      const json = connection
        .prepare<[], string>("SELECT json FROM manifest")
        .pluck()
        .get()!;
      return { connection, manifest: JSON.parse(json) as MatchManifest };
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}
