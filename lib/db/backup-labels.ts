import Database from "better-sqlite3";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { AppError, systemErrorCode } from "#lib/errors";
import { lastMigration } from "./label-database";
import { migrateLabels, newestMigration } from "./migrate-labels";
import { explainOpening } from "./open-errors";
import { syncPath } from "./writing";

export interface Backup {
  file: string;
  bytes: number;
  /** Events in it. */
  events: number;
}

/** Pages copied before others get a turn. */
const PAGES_AT_ONCE = 4000;

/**
 * Copies the label database to `labels-<time>.sqlite` in a folder while people
 * go on writing: one state of it, whole or not at all, checked afterwards.
 *
 * @param options.prefix other than "labels": not counted by `pruneBackups`.
 * @throws AppError "unavailable" when the database or the copy is damaged,
 *   "disk_full", or "not_found".
 */
export async function backupLabels(
  file: string,
  folder: string,
  now: Date,
  options: { prefix?: string } = {},
): Promise<Backup> {
  if (!existsSync(file)) {
    throw new AppError("not_found", `There is no label database at ${file}.`);
  }
  mkdirSync(folder, { recursive: true });
  const name = `${options.prefix ?? "labels"}-${stamp(now)}.sqlite`;
  const target = join(folder, name);
  const unfinished = `${target}.${process.pid}.tmp`;
  const source = openForCopy(file);
  try {
    await source.backup(unfinished, { progress: () => PAGES_AT_ONCE });
    const events = makeSingleFile(unfinished);
    syncPath(unfinished);
    renameSync(unfinished, target);
    syncPath(folder);
    return { file: target, bytes: statSync(target).size, events };
  } catch (error) {
    throw asDiskFull(error, target);
  } finally {
    source.close();
    for (const end of ["", "-wal", "-shm", "-journal"]) {
      rmSync(`${unfinished}${end}`, { force: true });
    }
  }
}

/** In a transaction: the copy is of one state, and never starts again. */
function openForCopy(file: string): Database.Database {
  return explainOpening(file, "Restore it from a backup.", () => {
    const source = new Database(file, { readonly: true, timeout: 5000 });
    try {
      source.exec("BEGIN");
      source.prepare("SELECT count(*) FROM sqlite_schema").get();
      return source;
    } catch (error) {
      source.close();
      throw error;
    }
  });
}

/** "2026-01-31T12-05-09Z": a time that sorts and is a file's name anywhere. */
function stamp(now: Date): string {
  return now
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-");
}

/** Checks a copy and makes it one file without a log beside it. */
function makeSingleFile(file: string): number {
  return explainOpening(file, "Make another backup.", () => {
    const copy = new Database(file);
    try {
      copy.pragma("journal_mode = DELETE");
      assertIntact(copy, file);
      // Hashes of passwords are in it.
      chmodSync(file, 0o600);
      return countEvents(copy);
    } finally {
      copy.close();
    }
  });
}

function assertIntact(database: Database.Database, file: string): void {
  const said = database.pragma("integrity_check(1)", { simple: true });
  if (said === "ok") return;
  throw new AppError("unavailable", `${file} is damaged: ${String(said)}.`);
}

/** Of any version: numbers have no gaps. */
function countEvents(database: Database.Database): number {
  return (
    database
      .prepare<[], number | null>("SELECT max(rowid) FROM events")
      .pluck()
      .get() ?? 0
  );
}

function asDiskFull(error: unknown, file: string): unknown {
  const code = systemErrorCode(error) ?? "";
  if (code !== "SQLITE_FULL" && code !== "ENOSPC") return error;
  return new AppError(
    "disk_full",
    `${file} was not written: the disk is full.`,
    { cause: error },
  );
}

/** Backups in a folder, the newest first. */
export function listBackups(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^labels-\d{4}-\d\d-\d\dT[\d-]+Z\.sqlite$/.test(name))
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}

/** Removes all but the newest `keep` backups. */
export function pruneBackups(folder: string, keep: number): string[] {
  const old = listBackups(folder).slice(keep);
  for (const file of old) rmSync(file, { force: true });
  return old;
}

export interface Restored {
  /** Events in what was restored. */
  events: number;
  /** Where what was there before now is; null: nothing was there. */
  saved: string | null;
}

/**
 * Makes the label database what a backup holds. What is there before is saved
 * beside the backups; running servers go on with the restored labels, and
 * everybody logs in again.
 *
 * @throws AppError "not_found"; "unavailable" when the backup is damaged, no
 *   label database, or of a newer version. Then nothing was changed.
 */
export async function restoreLabels(
  backup: string,
  file: string,
  folder: string,
  now: Date,
): Promise<Restored> {
  const events = checkBackup(backup);
  const saved = await setAside(file, folder, now);
  mkdirSync(dirname(file), { recursive: true });
  if (!existsSync(file)) {
    // A log that was left behind belongs to another database.
    for (const end of ["-wal", "-shm"])
      rmSync(`${file}${end}`, { force: true });
    const unfinished = `${file}.${process.pid}.tmp`;
    copyFileSync(backup, unfinished);
    syncPath(unfinished);
    renameSync(unfinished, file);
    syncPath(dirname(file));
  } else {
    // Through SQLite, so that who has it open sees one state or the other.
    const source = new Database(backup, { readonly: true });
    try {
      await source.backup(file, { progress: () => 1 << 30 });
    } finally {
      source.close();
    }
  }
  migrateLabels(file);
  endSessions(file);
  return { events, saved };
}

/** Who was logged out after the backup must not be in again: all log in anew. */
function endSessions(file: string): void {
  const database = new Database(file);
  try {
    database.exec("DELETE FROM sessions");
  } finally {
    database.close();
  }
}

function checkBackup(backup: string): number {
  if (!existsSync(backup)) {
    throw new AppError("not_found", `There is no file ${backup}.`);
  }
  return explainOpening(backup, "Choose another backup.", () => {
    const source = new Database(backup, { readonly: true });
    try {
      assertIntact(source, backup);
      const migrated = lastMigration(source);
      if (migrated === 0) {
        throw new AppError("unavailable", `${backup} is no label database.`);
      }
      if (migrated > newestMigration()) {
        throw new AppError(
          "unavailable",
          `${backup} was written by a newer Monolex; update this program.`,
        );
      }
      return countEvents(source);
    } finally {
      source.close();
    }
  });
}

/** Saves what is there; a file that is no database is moved out of the way. */
async function setAside(
  file: string,
  folder: string,
  now: Date,
): Promise<string | null> {
  if (!existsSync(file)) return null;
  try {
    const prefix = "before-restore";
    return (await backupLabels(file, folder, now, { prefix })).file;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "unavailable") {
      throw error;
    }
    const damaged = join(folder, `damaged-${stamp(now)}-${basename(file)}`);
    mkdirSync(folder, { recursive: true });
    for (const end of ["-wal", "-shm", ""]) {
      if (existsSync(/* turbopackIgnore: true */ `${file}${end}`)) {
        renameSync(`${file}${end}`, `${damaged}${end}`);
      }
    }
    return damaged;
  }
}
