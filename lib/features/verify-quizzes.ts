import { BOS } from "#lib/corpus/index";
import type { IndexScan } from "#lib/db/index-scan";
import type { QuizRecord } from "#lib/db/records";

/**
 * What is wrong with the contexts kept for quizzes, a sentence a feature: each
 * is in a sequence of its own that no example of the feature shows, and the
 * firing ones fire where they say.
 */
export function* quizProblems(scan: IndexScan): Generator<string> {
  let features = 0;
  for (const { feature, quiz } of scan.quizzes()) {
    features++;
    const problem = problemOf(scan, feature, quiz);
    if (problem !== undefined) {
      yield `Feature ${feature}, contexts for quizzes: ${problem}.`;
    }
  }
  const { dSae } = scan.manifest;
  if (features !== dSae) {
    yield `Contexts for quizzes are kept of ${features} features; the SAE has ${dSae}.`;
  }
}

function problemOf(
  scan: IndexScan,
  feature: number,
  { firing, silent }: QuizRecord,
): string | undefined {
  const taken = new Set(scan.shownSequences(feature));
  for (const { sequence, start } of [...firing, ...silent]) {
    const tokens = scan.sequence(sequence);
    if (tokens === undefined) return `sequence ${sequence} is missing`;
    if (start >= tokens.length) return `one begins outside of ${sequence}`;
    if (taken.has(sequence)) return `sequence ${sequence} is shown as well`;
    taken.add(sequence);
  }
  for (const { sequence, start, positions, values } of firing) {
    if (positions.length === 0) return `it is silent in ${sequence}`;
    const tokens = scan.sequence(sequence)!;
    for (const [i, position] of positions.entries()) {
      if (position < start || !(position > (positions[i - 1] ?? -1))) {
        return `places in sequence ${sequence} are not ascending`;
      }
      if (tokens[position] === undefined || tokens[position] === BOS) {
        return `it cannot fire at ${position} of ${sequence}`;
      }
      if (!(values[i]! > 0 && values[i]! < Infinity)) {
        return `activation ${values[i]!} in ${sequence} is not positive`;
      }
    }
  }
  return undefined;
}
