import type { FeatureRecord, QuizRecord } from "#lib/db/records";
import { firingContexts } from "./firing-contexts";
import { nearMisses } from "./near-misses";
import type { QuizPool } from "./quiz-pool";

/** Related features that are looked at, of either kind. */
const RELATED = 5;

/**
 * What is kept of a feature for quizzes about its labels: contexts in which it
 * fires and near misses in which it is silent. Neither is in a sequence of an
 * example that its page shows (docs/method.md, Eq. 50 and 51).
 */
export function describeQuiz(
  pool: QuizPool,
  record: Pick<
    FeatureRecord,
    "index" | "examples" | "sample" | "topTokens" | "neighbours" | "coFiring"
  >,
  options: {
    /** See `firingContexts`. */
    around: Parameters<typeof firingContexts>[1];
    seed: number;
  },
): QuizRecord {
  const { index: feature, examples, sample, topTokens } = record;
  const { seed } = options;
  const shown = new Set(examples.map((example) => example.sequence));
  const firing = firingContexts(sample, options.around, {
    feature,
    contextSize: pool.contextSize,
    shown,
    seed,
  });
  // Without these there is no quiz, so nothing silent is needed.
  if (firing.length === 0) return { firing, silent: [] };
  const related = [
    ...record.neighbours.slice(0, RELATED),
    ...record.coFiring.features.slice(0, RELATED),
  ].map((other) => other.feature);
  const silent = nearMisses(pool, {
    feature,
    topTokens: topTokens.map((token) => token.tokenId),
    related: [...new Set(related)],
    // Its page can list all of the sample, so that is shown as well.
    taken: new Set([...shown, ...sample.sequences]),
    seed,
  });
  return { firing, silent };
}
