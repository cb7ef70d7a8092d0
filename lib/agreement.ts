/**
 * How far people agree who judged the same things: Krippendorff's alpha
 * (docs/method.md, §8). Pure, and open to all folders.
 */
import { Rng } from "./random";

/** How far apart two judgements are, squared; see Eq. 55. */
export type Metric = "nominal" | "ordinal" | "interval";

export interface Agreement {
  /** 1: they always agree; 0: no more than by chance; null: cannot be said. */
  alpha: number | null;
  /** 95 % bootstrap interval over the things judged; null: too few. */
  lower: number | null;
  upper: number | null;
  /** Things judged by two people or more. */
  units: number;
  /** Judgements of them. */
  judgements: number;
}

const RESAMPLES = 1000;
const SEED = 5;
/** With fewer things, resampling says nothing. */
const MIN_UNITS = 5;

/**
 * Agreement on judgements that are numbers: names of categories (nominal),
 * their ranks (ordinal) or amounts (interval).
 *
 * @param units for each thing judged what different people said, in any order.
 */
export function agreementOf(
  units: readonly (readonly number[])[],
  metric: Metric,
): Agreement {
  const values = [...new Set(units.flat())].sort((a, b) => a - b);
  const place = new Map(values.map((value, i) => [value, i]));
  const indexed = units.map((unit) => unit.map((value) => place.get(value)!));
  return resampled(indexed, (sample) => {
    const table = coincidences(sample, values.length);
    return alphaOf(table, distancesBy(metric, values, table.totals));
  });
}

/**
 * Agreement on judgements of any kind, by how far apart any two are.
 *
 * @param distance 0 for the same … 1 for nothing in common.
 * @param resamples fewer than usual where there are many different judgements.
 */
export function agreementBy<T>(
  units: readonly (readonly T[])[],
  distance: (a: T, b: T) => number,
  resamples = 200,
): Agreement {
  const all = units.filter((unit) => unit.length >= 2).flat();
  const apart = all.map((a) => Float64Array.from(all, (b) => distance(a, b)));
  let next = 0;
  const indexed = units
    .filter((unit) => unit.length >= 2)
    .map((unit) => unit.map(() => next++));
  return resampled(
    indexed,
    (sample) => {
      const totals = new Float64Array(all.length);
      for (const i of sample.flat()) totals[i]!++;
      return scatteredAlpha(sample, totals, apart);
    },
    resamples,
  );
}

/** Values by their places, and what `alpha` makes of any sample of them. */
function resampled(
  units: readonly (readonly number[])[],
  alpha: (sample: readonly (readonly number[])[]) => number | null,
  resamples = RESAMPLES,
): Agreement {
  const shared = units.filter((unit) => unit.length >= 2);
  const found = shared.length === 0 ? null : alpha(shared);
  const rng = new Rng(SEED);
  const draws: number[] = [];
  if (found !== null && shared.length >= MIN_UNITS) {
    for (let i = 0; i < resamples; i++) {
      const sample = shared.map(() => shared[rng.below(shared.length)]!);
      const drawn = alpha(sample);
      if (drawn !== null) draws.push(drawn);
    }
    draws.sort((a, b) => a - b);
  }
  const at = (share: number) =>
    draws[Math.min(draws.length - 1, Math.floor(share * draws.length))] ?? null;
  return {
    alpha: found,
    lower: at(0.025),
    upper: at(0.975),
    units: shared.length,
    judgements: shared.reduce((sum, unit) => sum + unit.length, 0),
  };
}

interface Coincidences {
  /** [size × size]: pairs within units, each unit weighing as its judgements. */
  pairs: Float64Array;
  /** Judgements of each kind. */
  totals: Float64Array;
}

function coincidences(
  units: readonly (readonly number[])[],
  size: number,
): Coincidences {
  const pairs = new Float64Array(size * size);
  const totals = new Float64Array(size);
  for (const unit of units) {
    const weight = 1 / (unit.length - 1);
    for (let i = 0; i < unit.length; i++) {
      totals[unit[i]!]!++;
      for (let j = 0; j < unit.length; j++) {
        if (i !== j) pairs[unit[i]! * size + unit[j]!]! += weight;
      }
    }
  }
  return { pairs, totals };
}

/** Eq. 54: 1 − observed / expected disagreement; null when nothing varies. */
function alphaOf(
  { pairs, totals }: Coincidences,
  apart: Float64Array,
): number | null {
  const size = totals.length;
  let n = 0;
  let observed = 0;
  let expected = 0;
  for (let c = 0; c < size; c++) {
    n += totals[c]!;
    for (let k = 0; k < size; k++) {
      observed += pairs[c * size + k]! * apart[c * size + k]!;
      expected += totals[c]! * totals[k]! * apart[c * size + k]!;
    }
  }
  return expected === 0 ? null : 1 - ((n - 1) * observed) / expected;
}

/** The same where nearly every judgement is its own kind. */
function scatteredAlpha(
  units: readonly (readonly number[])[],
  totals: Float64Array,
  apart: readonly Float64Array[],
): number | null {
  let observed = 0;
  let n = 0;
  for (const unit of units) {
    n += unit.length;
    for (const i of unit) {
      for (const j of unit) observed += apart[i]![j]! / (unit.length - 1);
    }
  }
  let expected = 0;
  totals.forEach((count, i) => {
    if (count === 0) return;
    const row = apart[i]!;
    let sum = 0;
    for (let j = 0; j < totals.length; j++) sum += totals[j]! * row[j]!;
    expected += count * sum;
  });
  return expected === 0 ? null : 1 - ((n - 1) * observed) / expected;
}

/** Eq. 55: [size × size] squared distances. */
function distancesBy(
  metric: Metric,
  values: readonly number[],
  totals: Float64Array,
): Float64Array {
  const size = values.length;
  const apart = new Float64Array(size * size);
  for (let c = 0; c < size; c++) {
    // Judgements from c up to k, the ends counting half.
    let between = totals[c]! / 2;
    for (let k = c + 1; k < size; k++) {
      const reach = between + totals[k]! / 2;
      between += totals[k]!;
      const d =
        metric === "nominal"
          ? 1
          : metric === "ordinal"
            ? reach ** 2
            : (values[k]! - values[c]!) ** 2;
      apart[c * size + k] = apart[k * size + c] = d;
    }
  }
  return apart;
}

/**
 * How little two texts have in common: 1 − Dice's coefficient of their sets of
 * three letters in a row, case, accents and punctuation aside. It compares
 * wording, not meaning: the same said in other words counts as different.
 */
export function textDistance(a: string, b: string): number {
  return setDistance(trigrams(a), trigrams(b));
}

/** The sets that `textDistance` compares, for many comparisons. */
export function trigrams(text: string): ReadonlySet<string> {
  const words = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  const found = new Set<string>();
  for (const word of words) {
    const padded = ` ${word} `;
    for (let i = 0; i + 3 <= padded.length; i++) {
      found.add(padded.slice(i, i + 3));
    }
  }
  return found;
}

export function setDistance(
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
): number {
  if (a.size + b.size === 0) return 0;
  let shared = 0;
  for (const part of a) if (b.has(part)) shared++;
  return 1 - (2 * shared) / (a.size + b.size);
}
