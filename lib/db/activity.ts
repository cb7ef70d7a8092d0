import {
  EVENT_COLUMNS,
  readEvent,
  type EventRow,
  type StoredEvent,
} from "./event-log";
import type { LabelDatabase } from "./label-database";
import { all } from "./statement";

/** Whose or which events; all of them when nothing is named. */
export interface ActivityFilter {
  saeHash?: string | undefined;
  /** With `saeHash`. */
  feature?: number | undefined;
  actor?: string | undefined;
}

/**
 * Events before number `before`, newest first. One look-up in an index for an
 * SAE, a feature or a person; a person's in one SAE is read from the person's.
 */
export function activity(
  db: LabelDatabase,
  { saeHash, feature, actor }: ActivityFilter,
  before: number,
  limit: number,
): StoredEvent[] {
  const filters = ["seq < ?"];
  const values: unknown[] = [before];
  // The "+" keeps an index from being used: the person's is the narrower one.
  const sae = actor === undefined ? "sae_hash" : "+sae_hash";
  if (saeHash !== undefined) {
    filters.push(`${feature === undefined ? sae : "sae_hash"} = ?`);
    values.push(saeHash);
  }
  if (feature !== undefined) {
    filters.push("feature = ?");
    values.push(feature);
  }
  if (actor !== undefined) {
    filters.push(`${feature === undefined ? "actor" : "+actor"} = ?`);
    values.push(actor);
  }
  return all<EventRow>(
    db.$client,
    `SELECT ${EVENT_COLUMNS} FROM events WHERE ${filters.join(" AND ")}
     ORDER BY seq DESC LIMIT ?`,
    ...values,
    limit,
  ).map(readEvent);
}
