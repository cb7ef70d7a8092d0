import type { LabelDatabase } from "./label-database";

/**
 * All or nothing, and nobody writes in between: IMMEDIATE takes the write lock
 * before reading what is to be changed.
 */
export function inTransaction<T>(db: LabelDatabase, work: () => T): T {
  return db.$client.transaction(work).immediate();
}
