import type { Database } from "better-sqlite3";
import { verdict, type Candidate } from "#lib/label-rules";
import { all, one, run } from "#lib/db/statement";
import type { Flag } from "#lib/db/tables/opinions";
import { place, type EventWith } from "./kind";

interface LabelFacts {
  id: number;
  author: string;
  up: number;
  down: number;
  decided: number;
}

interface Before {
  state: string;
  label_count: number;
}

/**
 * Says anew what is known of the event's feature, from its labels, flags and
 * comments, and counts it where it now belongs.
 */
export function refreshFeature(db: Database, event: EventWith<unknown>): void {
  const { saeHash, feature } = place(event);
  const labels = all<LabelFacts>(
    db,
    `SELECT id, author, up, down, accepted_by IS NOT NULL AS decided
     FROM labels WHERE sae_hash = ? AND feature = ? AND deleted_at IS NULL`,
    saeHash,
    feature,
  );
  const flags = all<{ flag: Flag; person: string; decisive: number }>(
    db,
    "SELECT flag, person, decisive FROM flags WHERE sae_hash = ? AND feature = ?",
    saeHash,
    feature,
  );
  const nothing = flags.filter(({ flag }) => flag === "uninterpretable");
  const comments = one<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM comments
     WHERE sae_hash = ? AND feature = ? AND deleted_at IS NULL`,
    saeHash,
    feature,
  )!.count;
  const { state, accepted, shown } = verdict(labels.map(candidate), {
    people: nothing.length,
    decided: nothing.some(({ decisive }) => decisive === 1),
  });
  const authors = new Set(labels.map((label) => label.author));
  const before = one<Before>(
    db,
    "SELECT state, label_count FROM feature_states WHERE sae_hash = ? AND feature = ?",
    saeHash,
    feature,
  );
  run(
    db,
    `INSERT OR REPLACE INTO feature_states (sae_hash, feature, state,
       accepted_label, shown_label, label_count, label_authors, answers,
       comment_count, flag_count, last_seq, last_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    saeHash,
    feature,
    state,
    accepted,
    shown,
    labels.length,
    authors.size,
    new Set([...authors, ...nothing.map(({ person }) => person)]).size,
    comments,
    flags.length,
    event.seq,
    event.at,
  );
  recount(db, saeHash, before, { state, label_count: labels.length });
}

const candidate = (facts: LabelFacts): Candidate => ({
  ...facts,
  decided: facts.decided === 1,
});

/** Moves the feature from the counts it was in to those it is in. */
function recount(
  db: Database,
  saeHash: string,
  before: Before | undefined,
  now: Before,
): void {
  const count = (what: string, by: number) =>
    run(
      db,
      `INSERT INTO sae_counts (sae_hash, what, count) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET count = count + excluded.count`,
      saeHash,
      what,
      by,
    );
  if (before?.state !== now.state) {
    if (before) count(before.state, -1);
    count(now.state, 1);
  }
  const gained =
    Number(now.label_count > 0) - Number((before?.label_count ?? 0) > 0);
  if (gained !== 0) count("labelled", gained);
  const labels = now.label_count - (before?.label_count ?? 0);
  if (labels !== 0) count("labels", labels);
}
