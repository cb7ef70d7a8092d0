import type { LabelDatabase } from "./label-database";
import type { Flag } from "./tables/opinions";
import { all, one } from "./statement";

/** SAEs that anybody said anything of, by their hashes. */
export function labelledSaes(db: LabelDatabase): string[] {
  const hashes: string[] = [];
  for (;;) {
    // From one to the next by the index, not through all features.
    const next = one<{ hash: string | null }>(
      db.$client,
      "SELECT min(sae_hash) AS hash FROM feature_states WHERE sae_hash > ?",
      hashes.at(-1) ?? "",
    )?.hash;
    if (next == null) return hashes;
    hashes.push(next);
  }
}

/** Features after number `after` that anybody said anything of. */
export function labelledFeaturesAfter(
  db: LabelDatabase,
  saeHash: string,
  after: number,
  limit: number,
): number[] {
  return all<{ feature: number }>(
    db.$client,
    `SELECT feature FROM feature_states WHERE sae_hash = ? AND feature > ?
     ORDER BY feature LIMIT ?`,
    saeHash,
    after,
    limit,
  ).map(({ feature }) => feature);
}

export interface FeatureEvent {
  id: string;
  actor: string;
  kind: string;
  payload: Record<string, unknown>;
}

/** Everything that happened to a feature, oldest first. */
export function eventsOfFeature(
  db: LabelDatabase,
  saeHash: string,
  feature: number,
): FeatureEvent[] {
  return all<Omit<FeatureEvent, "payload"> & { payload: string }>(
    db.$client,
    `SELECT id, actor, kind, payload FROM events
     WHERE sae_hash = ? AND feature = ? ORDER BY seq`,
    saeHash,
    feature,
  ).map((event) => ({
    ...event,
    payload: JSON.parse(event.payload) as Record<string, unknown>,
  }));
}

/** The events that made lists, oldest first, after number `after`. */
export function listEventsAfter(
  db: LabelDatabase,
  after: number,
  limit: number,
): { seq: number; id: string; list: number }[] {
  return all(
    db.$client,
    `SELECT seq, id, json_extract(payload, '$.list') AS list FROM events
     WHERE sae_hash IS NULL AND seq > ? AND kind = 'list.created'
     ORDER BY seq LIMIT ?`,
    after,
    limit,
  );
}

/** All votes on the labels of a feature that are not deleted. */
export function votesOfFeature(
  db: LabelDatabase,
  saeHash: string,
  feature: number,
): { label: number; person: string; value: number; at: string }[] {
  return all(
    db.$client,
    `SELECT label_id AS label, person, value, at
     FROM labels JOIN votes ON label_id = id
     WHERE sae_hash = ? AND feature = ? AND deleted_at IS NULL`,
    saeHash,
    feature,
  );
}

/** A flag of a feature that a person has set; undefined: they have not. */
export function findFlag(
  db: LabelDatabase,
  saeHash: string,
  feature: number,
  flag: Flag,
  person: string,
): { duplicateOf: number | null } | undefined {
  return one(
    db.$client,
    `SELECT duplicate_of AS duplicateOf FROM flags
     WHERE sae_hash = ? AND feature = ? AND flag = ? AND person = ?`,
    saeHash,
    feature,
    flag,
    person,
  );
}

/** An answer to a quiz about what a label says now. */
export interface ExportedAnswer {
  label: number;
  person: string;
  at: string;
  hits: number;
  misses: number;
  falseAlarms: number;
  rejections: number;
  /** `sequence:start:fires:marked` of each context, spaces between them. */
  contexts: string;
}

/** Answers to quizzes about what a feature's labels say now. */
export function quizAnswersOf(
  db: LabelDatabase,
  saeHash: string,
  feature: number,
): ExportedAnswer[] {
  return all<ExportedAnswer>(
    db.$client,
    `SELECT l.id AS label, a.person, a.at, a.hits, a.misses,
       a.false_alarms AS falseAlarms, a.rejections,
       (SELECT group_concat(c, ' ') FROM (
          SELECT sequence || ':' || start || ':' || fires || ':' || marked AS c
          FROM quiz_marks AS m
          WHERE m.sae_hash = l.sae_hash AND m.label_id = l.id
            AND m.text_version = l.text_version AND m.person = a.person
          ORDER BY sequence, start)) AS contexts
     FROM labels AS l JOIN quiz_answers AS a
       ON a.label_id = l.id AND a.text_version = l.text_version
     WHERE l.sae_hash = ? AND l.feature = ? AND l.deleted_at IS NULL`,
    saeHash,
    feature,
  );
}

/** Whether a person was asked about what a label says in this version. */
export function hasAnsweredQuiz(
  db: LabelDatabase,
  label: number,
  textVersion: number,
  person: string,
): boolean {
  const found = one(
    db.$client,
    `SELECT 1 FROM quiz_answers
     WHERE label_id = ? AND text_version = ? AND person = ?`,
    label,
    textVersion,
    person,
  );
  return found !== undefined;
}
