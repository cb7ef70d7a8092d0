import type { Database } from "better-sqlite3";
import { z } from "zod";
import { labelScore, type Marks } from "#lib/label-score";
import { all, one, run } from "#lib/db/statement";
import { kind, place, type EventWith } from "./kind";

const answered = z.object({
  /** The quiz's id. */
  quiz: z.string(),
  label: z.number().int().positive(),
  /** The version that brought the text it was about. */
  textVersion: z.number().int().positive(),
  contexts: z.array(
    z.object({
      sequence: z.number().int(),
      start: z.number().int(),
      fires: z.boolean(),
      marked: z.boolean(),
    }),
  ),
});
type Answered = z.output<typeof answered>;

export const quizEvents = {
  "quiz.answered": kind(answered, (db, event) => {
    insertAnswer(db, event);
    insertMarks(db, event);
    refreshScore(db, event, event.payload.label);
  }),
};

function insertAnswer(db: Database, event: EventWith<Answered>): void {
  const { saeHash, feature } = place(event);
  const { quiz, label, textVersion, contexts } = event.payload;
  const count = (fires: boolean, marked: boolean) =>
    contexts.filter((c) => c.fires === fires && c.marked === marked).length;
  run(
    db,
    `INSERT INTO quiz_answers (quiz, sae_hash, feature, label_id, text_version,
       person, at, hits, misses, false_alarms, rejections)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    quiz,
    saeHash,
    feature,
    label,
    textVersion,
    event.actor,
    event.at,
    count(true, true),
    count(true, false),
    count(false, true),
    count(false, false),
  );
}

function insertMarks(db: Database, event: EventWith<Answered>): void {
  const { label, textVersion, contexts } = event.payload;
  for (const { sequence, start, fires, marked } of contexts) {
    run(
      db,
      `INSERT OR REPLACE INTO quiz_marks (sae_hash, label_id, text_version,
         sequence, start, person, fires, marked)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      place(event).saeHash,
      label,
      textVersion,
      sequence,
      start,
      event.actor,
      Number(fires),
      Number(marked),
    );
  }
}

/** Counts anew all answers about what the label says now. */
function refreshScore(
  db: Database,
  event: EventWith<unknown>,
  label: number,
): void {
  const { saeHash, feature } = place(event);
  const now = one<{ textVersion: number; deleted: number }>(
    db,
    `SELECT text_version AS textVersion, deleted_at IS NOT NULL AS deleted
     FROM labels WHERE id = ?`,
    label,
  );
  if (!now) return;
  const answers = all<Marks & { person: string }>(
    db,
    `SELECT person, hits, misses, false_alarms AS falseAlarms, rejections
     FROM quiz_answers WHERE label_id = ? AND text_version = ?`,
    label,
    now.textVersion,
  );
  const marks = total(answers);
  const score = labelScore(marks);
  if (!score) return;
  run(
    db,
    `INSERT OR REPLACE INTO label_scores (label_id, sae_hash, feature,
       text_version, live, quizzes, people, hits, misses, false_alarms,
       rejections, accuracy, lower, upper)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    label,
    saeHash,
    feature,
    now.textVersion,
    1 - now.deleted,
    answers.length,
    new Set(answers.map((answer) => answer.person)).size,
    marks.hits,
    marks.misses,
    marks.falseAlarms,
    marks.rejections,
    score.accuracy,
    score.lower,
    score.upper,
  );
}

function total(answers: readonly Marks[]): Marks {
  const sum = (name: keyof Marks) =>
    answers.reduce((before, answer) => before + answer[name], 0);
  return {
    hits: sum("hits"),
    misses: sum("misses"),
    falseAlarms: sum("falseAlarms"),
    rejections: sum("rejections"),
  };
}
