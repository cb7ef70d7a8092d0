import type { LabelDatabase } from "./label-database";
import { all, one, run } from "./statement";
import type { QuizContext, quizzes } from "./tables/quizzes";

export type QuizRow = typeof quizzes.$inferSelect;

const QUIZ = `id, person, sae_hash AS saeHash, feature, label_id AS labelId,
  text_version AS textVersion, label_text AS labelText, contexts,
  handed_at AS handedAt, expires_at AS expiresAt, closed_at AS closedAt`;

type StoredQuiz = Omit<QuizRow, "contexts"> & { contexts: string };

const read = (row: StoredQuiz): QuizRow => ({
  ...row,
  contexts: JSON.parse(row.contexts) as QuizContext[],
});

export function findQuiz(db: LabelDatabase, id: string): QuizRow | undefined {
  const row = one<StoredQuiz>(
    db.$client,
    `SELECT ${QUIZ} FROM quizzes WHERE id = ?`,
    id,
  );
  return row && read(row);
}

/** Quizzes about an SAE that a person has neither answered nor put aside. */
export function openQuizzes(
  db: LabelDatabase,
  person: string,
  saeHash: string,
): QuizRow[] {
  return all<StoredQuiz>(
    db.$client,
    `SELECT ${QUIZ} FROM quizzes
     WHERE person = ? AND sae_hash = ? AND closed_at IS NULL
     ORDER BY handed_at`,
    person,
    saeHash,
  ).map(read);
}

/** Sequences that a person was asked about in quizzes about a feature. */
export function sequencesAsked(
  db: LabelDatabase,
  person: string,
  saeHash: string,
  feature: number,
): Set<number> {
  const rows = all<{ contexts: string }>(
    db.$client,
    `SELECT contexts FROM quizzes
     WHERE person = ? AND sae_hash = ? AND feature = ?`,
    person,
    saeHash,
    feature,
  );
  return new Set(
    rows.flatMap((row) =>
      (JSON.parse(row.contexts) as QuizContext[]).map((c) => c.sequence),
    ),
  );
}

/** Within a transaction. */
export function insertQuiz(db: LabelDatabase, quiz: QuizRow): void {
  run(
    db.$client,
    `INSERT INTO quizzes (id, person, sae_hash, feature, label_id,
       text_version, label_text, contexts, handed_at, expires_at, closed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    quiz.id,
    quiz.person,
    quiz.saeHash,
    quiz.feature,
    quiz.labelId,
    quiz.textVersion,
    quiz.labelText,
    JSON.stringify(quiz.contexts),
    quiz.handedAt,
    quiz.expiresAt,
    quiz.closedAt,
  );
}

export function closeQuiz(db: LabelDatabase, id: string, at: string): void {
  run(db.$client, "UPDATE quizzes SET closed_at = ? WHERE id = ?", at, id);
}

/** Whether a person marked each context, in the quiz's order; unanswered: undefined. */
export function marksOf(
  db: LabelDatabase,
  quiz: QuizRow,
): boolean[] | undefined {
  if (!isAnswered(db, quiz.id)) return undefined;
  return quiz.contexts.map(({ sequence, start }) => {
    const row = one<{ marked: number }>(
      db.$client,
      `SELECT marked FROM quiz_marks WHERE sae_hash = ? AND label_id = ?
       AND text_version = ? AND sequence = ? AND start = ? AND person = ?`,
      quiz.saeHash,
      quiz.labelId,
      quiz.textVersion,
      sequence,
      start,
      quiz.person,
    );
    return row?.marked === 1;
  });
}

function isAnswered(db: LabelDatabase, id: string): boolean {
  const sql = "SELECT 1 FROM quiz_answers WHERE quiz = ?";
  return one(db.$client, sql, id) !== undefined;
}

/** A label that a person may be asked about. */
export interface QuizCandidate {
  id: number;
  feature: number;
  text: string;
  textVersion: number;
  /** Votes for it less those against. */
  net: number;
  /** Quizzes about its present text that were answered. */
  quizzes: number;
  /** The person was asked about this feature before. */
  seen: boolean;
}

/** Labels looked at in one go. */
const CANDIDATES = 500;

/**
 * Labels of an SAE that a person may be asked about, of features from `from`
 * on: they wrote no label of that feature, and were not asked about this one
 * in its present words. A bounded number is looked at.
 *
 * @returns also where to go on; undefined after the last.
 */
export function quizCandidates(
  db: LabelDatabase,
  person: string,
  saeHash: string,
  from: number,
  label: number | null = null,
): { candidates: QuizCandidate[]; next: number | undefined } {
  const looked = all<{ feature: number }>(
    db.$client,
    `SELECT feature FROM labels WHERE sae_hash = ? AND feature >= ?
       AND deleted_at IS NULL ORDER BY feature LIMIT ${CANDIDATES}`,
    saeHash,
    from,
  );
  const last = looked.at(-1)?.feature;
  if (last === undefined) return { candidates: [], next: undefined };
  const candidates = all<Omit<QuizCandidate, "seen"> & { seen: number }>(
    db.$client,
    `SELECT l.id, l.feature, l.text, l.text_version AS textVersion,
       l.up - l.down AS net, coalesce(s.quizzes, 0) AS quizzes,
       EXISTS (SELECT 1 FROM quizzes AS q WHERE q.person = :person
         AND q.sae_hash = l.sae_hash AND q.feature = l.feature) AS seen
     FROM labels AS l LEFT JOIN label_scores AS s
       ON s.label_id = l.id AND s.text_version = l.text_version
     WHERE l.sae_hash = :saeHash AND l.feature BETWEEN :from AND :last
       AND l.deleted_at IS NULL AND (:label IS NULL OR l.id = :label)
       AND NOT EXISTS (SELECT 1 FROM labels AS own
         WHERE own.sae_hash = l.sae_hash AND own.feature = l.feature
           AND own.deleted_at IS NULL
           AND (own.author = :person OR own.editor = :person))
       AND NOT EXISTS (SELECT 1 FROM quizzes AS q WHERE q.person = :person
         AND q.sae_hash = l.sae_hash AND q.feature = l.feature
         AND q.label_id = l.id AND q.text_version = l.text_version)
     LIMIT ${4 * CANDIDATES}`,
    { person, saeHash, from, last, label },
  );
  return {
    candidates: candidates.map((row) => ({ ...row, seen: row.seen === 1 })),
    next: looked.length < CANDIDATES ? undefined : last + 1,
  };
}
