import type { FeatureState } from "#lib/label-rules";
import type { LabelDatabase } from "./label-database";
import { all } from "./statement";

export interface LabelScoreRow {
  label: number;
  accuracy: number;
  lower: number;
  upper: number;
  quizzes: number;
  people: number;
  hits: number;
  misses: number;
  falseAlarms: number;
  rejections: number;
}

const SCORE = `s.label_id AS label, s.accuracy, s.lower, s.upper, s.quizzes,
  s.people, s.hits, s.misses, s.false_alarms AS falseAlarms, s.rejections`;

/** Scores of what these labels say now; those without one are left out. */
export function scoresOf(
  db: LabelDatabase,
  labels: readonly number[],
): Map<number, LabelScoreRow> {
  const rows = all<LabelScoreRow>(
    db.$client,
    `SELECT ${SCORE} FROM label_scores AS s
     WHERE s.live = 1 AND s.label_id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(labels),
  );
  return new Map(rows.map((row) => [row.label, row]));
}

/** A label and what is known of its truth. */
export interface EvidenceRow {
  label: number;
  feature: number;
  text: string;
  author: string;
  state: FeatureState;
  acceptedLabel: number | null;
  up: number;
  down: number;
}

export interface EvidencePage {
  saeHash: string;
  /** The last row of the page before: what it was ordered by, and its label. */
  after: { value: number; feature: number } | null;
  limit: number;
}

const EVIDENCE = `l.id AS label, l.feature, l.text, l.author, f.state,
  f.accepted_label AS acceptedLabel, l.up, l.down`;
const STATE = `JOIN feature_states AS f
  ON f.sae_hash = l.sae_hash AND f.feature = l.feature`;

/** Most proven first: by the lower end of the interval of their scores. */
export function provenLabels(
  db: LabelDatabase,
  { saeHash, after, limit }: EvidencePage,
  quizzes: number,
): EvidenceRow[] {
  return all<EvidenceRow>(
    db.$client,
    `SELECT ${EVIDENCE}
     FROM label_scores AS s INDEXED BY label_scores_ranked
     JOIN labels AS l ON l.id = s.label_id ${STATE}
     WHERE s.sae_hash = ? AND s.live = 1 AND (s.lower, s.label_id) < (?, ?)
       AND s.quizzes >= ?
     ORDER BY s.lower DESC, s.label_id DESC LIMIT ?`,
    saeHash,
    after?.value ?? 2,
    after?.feature ?? 0,
    quizzes,
    limit,
  );
}

/** Most doubted first: by the upper end of the interval of their scores. */
export function doubtedLabels(
  db: LabelDatabase,
  { saeHash, after, limit }: EvidencePage,
  quizzes: number,
): EvidenceRow[] {
  return all<EvidenceRow>(
    db.$client,
    `SELECT ${EVIDENCE}
     FROM label_scores AS s INDEXED BY label_scores_doubted
     JOIN labels AS l ON l.id = s.label_id ${STATE}
     WHERE s.sae_hash = ? AND s.live = 1 AND (s.upper, s.label_id) > (?, ?)
       AND s.quizzes >= ?
     ORDER BY s.upper, s.label_id LIMIT ?`,
    saeHash,
    after?.value ?? -1,
    after?.feature ?? 0,
    quizzes,
    limit,
  );
}

/** Labels that no quiz was answered about as they stand, by feature. */
export function untestedLabels(
  db: LabelDatabase,
  { saeHash, after, limit }: EvidencePage,
): EvidenceRow[] {
  return all<EvidenceRow>(
    db.$client,
    `SELECT ${EVIDENCE}
     FROM labels AS l INDEXED BY labels_by_feature ${STATE}
     WHERE l.sae_hash = ? AND l.deleted_at IS NULL
       AND (l.feature, l.id) > (?, ?)
       AND NOT EXISTS (SELECT 1 FROM label_scores AS s
         WHERE s.label_id = l.id AND s.live = 1)
     ORDER BY l.feature, l.id LIMIT ?`,
    saeHash,
    after?.value ?? -1,
    after?.feature ?? 0,
    limit,
  );
}

/** Labels of features that people disagree about, by feature. */
export function disputedLabels(
  db: LabelDatabase,
  { saeHash, after, limit }: EvidencePage,
): EvidenceRow[] {
  return all<EvidenceRow>(
    db.$client,
    `SELECT ${EVIDENCE}
     FROM feature_states AS f INDEXED BY feature_states_by_state
     JOIN labels AS l ON l.sae_hash = f.sae_hash AND l.feature = f.feature
       AND l.deleted_at IS NULL
     WHERE f.sae_hash = ? AND f.state = 'disputed'
       AND f.feature >= ? AND (l.feature, l.id) > (?, ?)
     ORDER BY l.feature, l.id LIMIT ?`,
    saeHash,
    after?.value ?? -1,
    after?.value ?? -1,
    after?.feature ?? 0,
    limit,
  );
}
