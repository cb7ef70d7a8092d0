import {
  commit,
  type Append,
  type Command,
  type LabelDatabase,
  type StoredEvent,
} from "#lib/db/index";
import type { Actor } from "#lib/policy";

/** Where one request's changes are written: by whom, and what time it is. */
export interface LabelDesk {
  db: LabelDatabase;
  now: () => Date;
  actor: Actor;
  /** The request's idempotency key; sent again, it changes nothing twice. */
  key?: string | undefined;
}

/** A feature, by what labels hang on. */
export interface Place {
  saeHash: string;
  feature: number;
}

/** `commit` for the desk's person, now. See there. */
export function commitAt(
  desk: LabelDesk,
  about: Command["about"],
  work: (append: Append) => void,
): StoredEvent | undefined {
  const { db, key, actor } = desk;
  const at = desk.now().toISOString();
  return commit(db, { key, actor: actor.id, at, about }, work);
}
