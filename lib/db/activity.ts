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

/** Events looked at for one page of a noun's; few of them may fit. */
export const ACTIVITY_WINDOW = 2000;

/**
 * Events before number `before`, newest first. One look-up in an index for an
 * SAE, a feature or a person; a person's in one SAE is read from the person's.
 */
export function activity(
  db: LabelDatabase,
  filter: ActivityFilter,
  before: number,
  limit: number,
): StoredEvent[] {
  const { where, values } = conditions(filter, before);
  return all<EventRow>(
    db.$client,
    `SELECT ${EVENT_COLUMNS} FROM events WHERE ${where}
     ORDER BY seq DESC LIMIT ?`,
    ...values,
    limit,
  ).map(readEvent);
}

/**
 * The same for events of one noun ("label" for "label.created" …), looked for
 * among the next ACTIVITY_WINDOW events only.
 *
 * @returns them, and before which number to go on; null: there are no more.
 */
export function activityOfNoun(
  db: LabelDatabase,
  filter: ActivityFilter & { noun: string },
  before: number,
  limit: number,
): { events: StoredEvent[]; next: number | null } {
  const { where, values } = conditions(filter, before);
  const seen = all<{ seq: number; kind: string }>(
    db.$client,
    `SELECT seq, kind FROM events WHERE ${where} ORDER BY seq DESC LIMIT ?`,
    ...values,
    ACTIVITY_WINDOW,
  );
  const found = seen.filter(({ kind }) => kind.startsWith(`${filter.noun}.`));
  const shown = found.slice(0, limit).map(({ seq }) => seq);
  const events = all<EventRow>(
    db.$client,
    `SELECT ${EVENT_COLUMNS} FROM events
     WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq DESC`,
    JSON.stringify(shown),
  ).map(readEvent);
  const next =
    found.length > limit
      ? shown.at(-1)
      : seen.length === ACTIVITY_WINDOW
        ? seen.at(-1)!.seq
        : null;
  return { events, next: next ?? null };
}

function conditions(
  { saeHash, feature, actor }: ActivityFilter,
  before: number,
): { where: string; values: unknown[] } {
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
  return { where: filters.join(" AND "), values };
}
