import type { Database } from "better-sqlite3";
import { float32From, toBlob, uint32From } from "./blobs";
import { SILENCE_REASONS, type QuizRecord } from "./records";

export interface PackedQuiz {
  firing: Buffer;
  activations: Buffer;
  silent: Buffer;
}

/** As the table quiz_contexts holds it; see there. */
export function packQuiz({ firing, silent }: QuizRecord): PackedQuiz {
  const fired = firing.flatMap((context) => [
    context.sequence,
    context.start,
    context.group,
    context.positions.length,
    ...context.positions,
  ]);
  const values = firing.flatMap((context) => [...context.values]);
  const still = silent.flatMap(({ sequence, start, reason }) => [
    sequence,
    start,
    SILENCE_REASONS.indexOf(reason),
  ]);
  return {
    firing: toBlob(Uint32Array.from(fired)),
    activations: toBlob(Float32Array.from(values)),
    silent: toBlob(Uint32Array.from(still)),
  };
}

export function unpackQuiz(packed: PackedQuiz): QuizRecord {
  const fired = uint32From(packed.firing);
  const values = float32From(packed.activations);
  const still = uint32From(packed.silent);
  const quiz: QuizRecord = { firing: [], silent: [] };
  let value = 0;
  for (let i = 0; i < fired.length;) {
    const count = fired[i + 3]!;
    quiz.firing.push({
      sequence: fired[i]!,
      start: fired[i + 1]!,
      group: fired[i + 2]!,
      positions: Uint16Array.from(fired.subarray(i + 4, i + 4 + count)),
      values: values.slice(value, value + count),
    });
    value += count;
    i += 4 + count;
  }
  for (let i = 0; i < still.length; i += 3) {
    quiz.silent.push({
      sequence: still[i]!,
      start: still[i + 1]!,
      reason: SILENCE_REASONS[still[i + 2]!]!,
    });
  }
  return quiz;
}

/** What is kept of a feature for quizzes; undefined for an unknown feature. */
export function quizContexts(
  db: Database,
  feature: number,
): QuizRecord | undefined {
  const row = db
    .prepare<[number], PackedQuiz>(
      "SELECT firing, activations, silent FROM quiz_contexts WHERE feature = ?",
    )
    .get(feature);
  return row && unpackQuiz(row);
}

/** Sequences that fire in a feature's quizzes: nothing may show them of it. */
export function keptForQuizzes(db: Database, feature: number): Set<number> {
  const quiz = quizContexts(db, feature);
  return new Set(quiz?.firing.map(({ sequence }) => sequence));
}
