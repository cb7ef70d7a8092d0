import { statSync } from "node:fs";
import { openIndexDatabase, type IndexDatabase } from "./index-database";
import { IndexReader } from "./index-reader";
import { openLabelDatabase, type LabelDatabase } from "./label-database";
import { openMatchDatabase } from "./match-database";
import { MatchReader } from "./match-reader";
import { Leases } from "./leases";
import { LimitDatabase } from "./limit-database";

interface Open<T> {
  /** Device, inode and time of the files, as they were when opened. */
  identity: string;
  value: T;
  close: () => void;
}

/*
 * On globalThis: a web server bundles this module into several copies, which
 * are to share one connection a file.
 */
const KEY = Symbol.for("monolex.connections");
const shared = globalThis as { [KEY]?: Map<string, Open<unknown>> };

/**
 * The reader of an index, opened at first use and again when the file was
 * replaced (by a new index) meanwhile.
 *
 * @throws AppError as `openIndexDatabase` does.
 */
export function indexReader(file: string, labelFile: string): IndexReader {
  const labels = inodeOf(labelFile);
  const identity = `${versionOf(file)} ${labels}`;
  return cached(`${file}\0${labelFile}`, identity, () => {
    const database: IndexDatabase = openIndexDatabase(file, labelFile);
    return {
      value: new IndexReader(database),
      close: () => database.connection.close(),
    };
  });
}

/**
 * The one connection that reads and writes labels.
 *
 * @throws AppError as `openLabelDatabase` does.
 */
export function labelDatabase(file: string): LabelDatabase {
  return cached(file, inodeOf(file), () => {
    const db = openLabelDatabase(file);
    return { value: db, close: () => db.$client.close() };
  });
}

/**
 * The reader of a match, opened again when the file was replaced meanwhile.
 *
 * @throws AppError as `openMatchDatabase` does.
 */
export function matchReader(file: string): MatchReader {
  return cached(file, versionOf(file), () => {
    const database = openMatchDatabase(file);
    return {
      value: new MatchReader(database),
      close: () => database.connection.close(),
    };
  });
}

/** What counts how often something is tried; made when there is none. */
export function limitDatabase(file: string): LimitDatabase {
  return cached(file, inodeOf(file), () => {
    const db = new LimitDatabase(file);
    return {
      value: db,
      close: () => {
        db.close();
      },
    };
  });
}

/** Who has what in hand; made when there is none. */
export function leases(file: string): Leases {
  // A file that was not there when it was opened would be opened again.
  if (inodeOf(file) === "none") new Leases(file).close();
  return cached(`leases ${file}`, inodeOf(file), () => {
    const db = new Leases(file);
    return {
      value: db,
      close: () => {
        db.close();
      },
    };
  });
}

/** Closes all; the next use opens them anew. */
export function closeConnections(): void {
  for (const { close } of shared[KEY]?.values() ?? []) close();
  shared[KEY]?.clear();
}

function cached<T>(
  key: string,
  identity: string,
  open: () => Omit<Open<T>, "identity">,
): T {
  const connections = (shared[KEY] ??= new Map());
  const known = connections.get(key);
  if (known?.identity === identity) return known.value as T;
  // Calls are synchronous: nobody is in the middle of using the old one.
  known?.close();
  connections.delete(key);
  const opened = open();
  connections.set(key, { identity, ...opened });
  return opened.value;
}

/** Changes whenever a file is replaced or written to. */
function versionOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.dev} ${stat.ino} ${stat.mtimeMs}` : "none";
}

/** The label database is written to in place; only another file matters. */
function inodeOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.dev} ${stat.ino}` : "none";
}
