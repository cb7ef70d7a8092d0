import type { FeatureRecord, QuizRecord } from "#lib/db/records";
import { describeQuiz, QuizPool } from "#lib/features/index";
import type { FixtureText } from "./fixture-text";

const pools = new WeakMap<FixtureText, QuizPool>();

/** What the index builder would keep for quizzes. Firings are in order. */
export function fixtureQuiz(
  text: FixtureText,
  record: Omit<FeatureRecord, "quiz">,
  firings: readonly { sequence: number; position: number; value: number }[],
): QuizRecord {
  let pool = pools.get(text);
  if (pool === undefined) {
    const rows = Array.from({ length: text.sequences }, (_, i) => i);
    pool = new QuizPool(text, Uint32Array.from(rows), 1);
    pools.set(text, pool);
  }
  pool.clear();
  for (const { sequence, position } of firings) {
    pool.mark(0, sequence, position);
  }
  const around = (i: number) => {
    const sequence = record.sample.sequences[i]!;
    const all = firings.filter((f) => f.sequence === sequence);
    return {
      positions: Uint16Array.from(all, (f) => f.position),
      values: Float32Array.from(all, (f) => f.value),
    };
  };
  return describeQuiz(pool, record, { around, seed: 1 });
}
