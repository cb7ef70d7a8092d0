import type { Database } from "better-sqlite3";
import { createHash, randomUUID } from "node:crypto";
import { AppError } from "#lib/errors";
import {
  EVENT_KINDS,
  isEventKind,
  type EventKind,
  type Payload,
} from "./events/index";
import type { EventWith, Kind } from "./events/kind";
import type { LabelDatabase } from "./label-database";
import { all, one, run } from "./statement";

/** An event as it is kept. */
export interface StoredEvent<P = unknown> extends EventWith<P> {
  id: string;
  kind: string;
}

export interface NewEvent<K extends EventKind> {
  kind: K;
  saeHash: string | null;
  feature: number | null;
  payload: Payload<K>;
}

/** Writes one event and brings the projections up to date. */
export type Append = <K extends EventKind>(event: NewEvent<K>) => void;

export interface Command {
  /** The client's idempotency key, if it sent one. */
  key?: string | undefined;
  actor: string;
  at: string;
  /**
   * What a request with this key must have been about, to be the same one:
   * some of the first event's `kind`, `saeHash`, `feature` and payload.
   */
  about: Readonly<Record<string, unknown>>;
}

/**
 * Does `work` in one transaction that nobody can write in between of, and
 * flushes it. A command whose key is known was done already: nothing is
 * written, and its first event is returned again.
 *
 * @param work checks what stands now, throws or appends events.
 * @returns the first event; undefined when `work` had nothing to write.
 * @throws AppError "conflict" when the key belongs to another command.
 */
export function commit(
  db: LabelDatabase,
  command: Command,
  work: (append: Append) => void,
): StoredEvent | undefined {
  const connection = db.$client;
  return connection
    .transaction(() => {
      const { key = randomUUID(), actor, at } = command;
      const done = command.key === undefined ? undefined : eventById(db, key);
      if (done) {
        assertSame(done, command);
        return done;
      }
      let first: StoredEvent | undefined;
      let count = 0;
      work((event) => {
        // Several events of one command share its key.
        const id = count++ === 0 ? key : `${key}#${count}`;
        const stored = append(connection, { ...event, id, actor, at });
        first ??= stored;
      });
      return first;
    })
    .immediate();
}

function assertSame(done: StoredEvent, { actor, about }: Command): void {
  const known: Record<string, unknown> = {
    kind: done.kind,
    saeHash: done.saeHash,
    feature: done.feature,
    ...(done.payload as object),
  };
  const same =
    done.actor === actor &&
    Object.entries(about).every(([name, value]) => known[name] === value);
  if (same) return;
  throw new AppError(
    "conflict",
    "This idempotency key belongs to another change; send every change with a key of its own.",
  );
}

type Unstored = Omit<StoredEvent, "seq">;

/** Within a transaction. @returns the event with its number. */
export function append(connection: Database, event: Unstored): StoredEvent {
  const { id, at, actor, kind, saeHash, feature } = event;
  const payload = JSON.stringify(kindOf(kind).payload.parse(event.payload));
  const last = one<{ seq: number; chain: Buffer }>(
    connection,
    "SELECT seq, chain FROM events ORDER BY seq DESC LIMIT 1",
  );
  const seq = (last?.seq ?? 0) + 1;
  const row = { seq, id, at, actor, kind, saeHash, feature, payload };
  run(
    connection,
    `INSERT INTO events (seq, id, at, actor, kind, sae_hash, feature, payload, chain)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    seq,
    id,
    at,
    actor,
    kind,
    saeHash,
    feature,
    payload,
    link(last?.chain, row),
  );
  const stored = readEvent(row);
  applyEvent(connection, stored);
  return stored;
}

/** Brings the projections up to date with this event. */
export function applyEvent(connection: Database, event: StoredEvent): void {
  kindOf(event.kind).apply(connection, event);
}

function kindOf(kind: string): Kind<unknown> {
  if (isEventKind(kind)) return EVENT_KINDS[kind] as Kind<unknown>;
  throw new AppError(
    "unavailable",
    `The label database holds an event of an unknown kind, "${kind}": it was written by a newer Monolex; update this program.`,
  );
}

/** A row of `events`, its names in our spelling. */
export interface EventRow {
  seq: number;
  id: string;
  at: string;
  actor: string;
  kind: string;
  saeHash: string | null;
  feature: number | null;
  payload: string;
}

export const EVENT_COLUMNS = `seq, id, at, actor, kind, sae_hash AS saeHash,
  feature, payload`;

export function readEvent(row: EventRow): StoredEvent {
  const payload: unknown = JSON.parse(row.payload);
  return { ...row, payload: kindOf(row.kind).payload.parse(payload) };
}

/** Links an event to all before it: a change anywhere changes all that follow. */
export function link(before: Buffer | undefined, row: EventRow): Buffer {
  const { seq, id, at, actor, kind, saeHash, feature, payload } = row;
  return createHash("sha256")
    .update(before ?? "")
    .update(
      JSON.stringify([seq, id, at, actor, kind, saeHash, feature, payload]),
    )
    .digest();
}

export function eventById(
  db: LabelDatabase,
  id: string,
): StoredEvent | undefined {
  const row = one<EventRow>(
    db.$client,
    `SELECT ${EVENT_COLUMNS} FROM events WHERE id = ?`,
    id,
  );
  return row && readEvent(row);
}

/** The number of the newest event; 0 if there is none. */
export function lastSeq(connection: Database): number {
  return (
    one<{ seq: number | null }>(
      connection,
      "SELECT max(seq) AS seq FROM events",
    )?.seq ?? 0
  );
}

/** Events after `seq`, oldest first. */
export function eventsAfter(
  connection: Database,
  seq: number,
  limit: number,
): StoredEvent[] {
  return all<EventRow>(
    connection,
    `SELECT ${EVENT_COLUMNS} FROM events WHERE seq > ? ORDER BY seq LIMIT ?`,
    seq,
    limit,
  ).map(readEvent);
}
