import type { LabelDatabase } from "./label-database";
import { all } from "./statement";

/** More judgements of one kind are not read: a page must not scan a table. */
export const JUDGEMENTS_READ = 20_000;

/** What one person said of one thing. */
export interface Judgement<T> {
  /** The thing: judgements with the same are of the same. */
  unit: string;
  person: string;
  said: T;
}

const LIMIT = `LIMIT ${JUDGEMENTS_READ}`;

export interface RubricJudgements {
  feature: number;
  monosemantic: number | null;
  confidence: number | null;
  activations: number | null;
  logits: number | null;
  specificity: number | null;
}

/** Rubrics of an SAE, feature by feature. */
export function rubricJudgements(
  db: LabelDatabase,
  saeHash: string,
): RubricJudgements[] {
  return all<RubricJudgements>(
    db.$client,
    `SELECT feature, monosemantic, confidence, activations, logits, specificity
     FROM rubrics WHERE sae_hash = ? ORDER BY feature, person ${LIMIT}`,
    saeHash,
  );
}

/** What people called features, oldest first. */
export function wordingJudgements(
  db: LabelDatabase,
  saeHash: string,
): Judgement<string>[] {
  return all<Judgement<string>>(
    db.$client,
    `SELECT feature AS unit, author AS person, text AS said
     FROM labels INDEXED BY labels_by_feature
     WHERE sae_hash = ? AND deleted_at IS NULL ORDER BY feature, id ${LIMIT}`,
    saeHash,
  );
}

/** Who said that a feature means nothing. */
export function meaninglessJudgements(
  db: LabelDatabase,
  saeHash: string,
): Omit<Judgement<never>, "said">[] {
  return all(
    db.$client,
    `SELECT feature AS unit, person FROM flags
     WHERE sae_hash = ? AND flag = 'uninterpretable'
     ORDER BY feature ${LIMIT}`,
    saeHash,
  );
}

/** Votes for (1) and against (−1) labels as they stand. */
export function voteJudgements(
  db: LabelDatabase,
  saeHash: string,
): Judgement<number>[] {
  return all<Judgement<number>>(
    db.$client,
    `SELECT l.id AS unit, v.person, v.value AS said
     FROM labels AS l INDEXED BY labels_by_feature
     JOIN votes AS v ON v.label_id = l.id
     WHERE l.sae_hash = ? AND l.deleted_at IS NULL AND l.up + l.down >= 2
     ORDER BY l.feature, l.id ${LIMIT}`,
    saeHash,
  );
}

/** Which contexts people marked in quizzes about the same text. */
export function quizJudgements(
  db: LabelDatabase,
  saeHash: string,
): Judgement<number>[] {
  return all<Judgement<number>>(
    db.$client,
    `SELECT label_id || '.' || text_version || '.' || sequence || '.' || start
       AS unit, person, marked AS said
     FROM quiz_marks WHERE sae_hash = ?
     ORDER BY label_id, text_version, sequence, start ${LIMIT}`,
    saeHash,
  );
}
