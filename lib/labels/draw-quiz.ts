import type { QuizContext, QuizRecord } from "#lib/db/index";
import type { Rng } from "#lib/random";

/** Contexts of a quiz; half of them fire. */
export const QUIZ_SIZE = 10;
const HALF = QUIZ_SIZE / 2;
/** Silent contexts asked about of each kind, where there are so many. */
const WANTED = { token: 2, related: 2, other: 1 } as const;

/**
 * Ten contexts in random order: five that fire, one of each quantile group
 * where there is one left, and five silent, near misses first.
 *
 * @param seen sequences that must not come again.
 * @returns undefined when there are too few left.
 */
export function drawQuiz(
  { firing, silent }: QuizRecord,
  seen: ReadonlySet<number>,
  rng: Rng,
): QuizContext[] | undefined {
  const unseen = <T extends { sequence: number }>(list: readonly T[]) =>
    shuffled(
      list.filter(({ sequence }) => !seen.has(sequence)),
      rng,
    );
  const groups = new Map([0, 1, 2, 3, 4].map((group) => [group, 1]));
  const fired = pick(unseen(firing), (c) => c.group, groups);
  const wanted = new Map(Object.entries(WANTED));
  const still = pick(unseen(silent), (c) => c.reason, wanted);
  if (fired.length < HALF || still.length < HALF) return undefined;
  const contexts: QuizContext[] = [
    ...fired.map((context) => ({
      ...context,
      fires: true,
      reason: null,
      positions: [...context.positions],
      values: [...context.values],
    })),
    ...still.map((context) => ({
      ...context,
      fires: false,
      group: null,
      positions: [],
      values: [],
    })),
  ];
  return shuffled(contexts, rng);
}

/** As many of each kind as wanted, then any, until there are `HALF`. */
function pick<T, K>(
  list: readonly T[],
  kindOf: (item: T) => K,
  wanted: ReadonlyMap<K, number>,
): T[] {
  const left = new Map(wanted);
  const picks: T[] = [];
  const rest: T[] = [];
  for (const item of list) {
    const count = left.get(kindOf(item)) ?? 0;
    (count > 0 ? picks : rest).push(item);
    left.set(kindOf(item), count - 1);
  }
  return [...picks, ...rest].slice(0, HALF);
}

function shuffled<T>(list: readonly T[], rng: Rng): T[] {
  return Array.from(rng.permutation(list.length), (i) => list[i]!);
}
