import { closeSync, fsyncSync, openSync } from "node:fs";
import { AppError, systemErrorCode } from "#lib/errors";

/** Turns what SQLite and the disk say into one sentence for a person. */
export function explainWriting<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === "SQLITE_FULL" || code === "ENOSPC") {
      throw new AppError(
        "disk_full",
        `The disk is full: ${file} was not written; free some space and index again.`,
        { cause: error },
      );
    }
    if (code?.startsWith("SQLITE_CONSTRAINT")) {
      throw new AppError(
        "invalid",
        `A document, sequence, feature or example was added to ${file} twice or without a value.`,
        { cause: error },
      );
    }
    throw error;
  }
}

/** Flushes a file, or a folder's list of names, to the disk. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
