/**
 * How true a label is by the quizzes about it (docs/method.md, §8). Pure, and
 * open to all folders: the database applies it to every answer, the tests
 * hold it against known values.
 */

/** What people marked, counted over the contexts of all quizzes. */
export interface Marks {
  /** Fires, and was marked. */
  hits: number;
  /** Fires, and was not. */
  misses: number;
  /** Silent, but marked. */
  falseAlarms: number;
  /** Silent, and not marked. */
  rejections: number;
}

export interface Score {
  /** Mean of the shares marked rightly: of those that fire, of the silent. */
  accuracy: number;
  /** 95 % of the posterior lie between these. */
  lower: number;
  upper: number;
}

/** In either tail of the interval. */
const TAIL = 0.025;
/** Cells that either distribution is cut into. */
const CELLS = 512;

const known = new Map<string, Score>();
const MAX_KNOWN = 20_000;

/**
 * Balanced accuracy with its 95 % credible interval (Eq. 52, 53): the two
 * shares have independent uniform priors, so each is beta distributed, and the
 * interval is that of half their sum. It is widened to hold what was seen.
 *
 * @returns undefined when a kind of context was never asked about.
 */
export function labelScore(marks: Marks): Score | undefined {
  const { hits, misses, falseAlarms, rejections } = marks;
  if (hits + misses === 0 || falseAlarms + rejections === 0) return undefined;
  const key = `${hits} ${misses} ${falseAlarms} ${rejections}`;
  let score = known.get(key);
  if (score === undefined) {
    const accuracy =
      (hits / (hits + misses) + rejections / (rejections + falseAlarms)) / 2;
    const [lower, upper] = accuracyInterval(marks);
    score = {
      accuracy: rounded(accuracy),
      lower: rounded(Math.min(lower, accuracy)),
      upper: rounded(Math.max(upper, accuracy)),
    };
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(key, score);
  }
  return score;
}

/** What is kept and compared: four places. */
const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

/**
 * The equal-tailed 95 % interval of (S + T) / 2, where S and T are beta
 * distributed by `marks`: both are cut into cells of one width, their masses
 * convolved, the quantiles read off the sum.
 */
export function accuracyInterval(marks: Marks): [number, number] {
  const s = new Beta(marks.hits + 1, marks.misses + 1);
  const t = new Beta(marks.rejections + 1, marks.falseAlarms + 1);
  const [sFrom, sTo] = s.support();
  const [tFrom, tTo] = t.support();
  const width = Math.max(sTo - sFrom, tTo - tFrom) / CELLS;
  const p = s.masses(sFrom, width);
  const q = t.masses(tFrom, width);
  const sums = new Float64Array(2 * CELLS);
  for (let i = 0; i < CELLS; i++) {
    for (let j = 0; j < CELLS; j++) sums[i + j]! += p[i]! * q[j]!;
  }
  const at = (share: number) =>
    (sFrom + tFrom + width * quantile(sums, share)) / 2;
  return [at(TAIL), at(1 - TAIL)];
}

/**
 * Where a sum of two cells' numbers, each spread evenly over its cell, has
 * `share` of its mass below; in cells. The sum of cells m has a triangular
 * density over m … m + 2, so half of it is below m + 1.
 */
function quantile(sums: Float64Array, share: number): number {
  let below = 0;
  for (let node = 1; ; node++) {
    const mass = ((sums[node - 1] ?? 0) + (sums[node - 2] ?? 0)) / 2;
    if (below + mass >= share || node > sums.length) {
      return node - 1 + (mass > 0 ? (share - below) / mass : 0);
    }
    below += mass;
  }
}

/** A beta distribution with both parameters ≥ 1. */
class Beta {
  private readonly scale: number;

  constructor(
    private readonly a: number,
    private readonly b: number,
  ) {
    this.scale = logGamma(a + b) - logGamma(a) - logGamma(b);
  }

  /** Where all but a negligible part of it is. */
  support(): [number, number] {
    const { a, b } = this;
    const mean = a / (a + b);
    const spread = 8 * Math.sqrt((mean * (1 - mean)) / (a + b + 1));
    return [Math.max(0, mean - spread), Math.min(1, mean + spread)];
  }

  /** Of each cell of this width, the first at `from`. */
  masses(from: number, width: number): Float64Array {
    const masses = new Float64Array(CELLS);
    let before = this.below(from);
    for (let i = 0; i < CELLS; i++) {
      const below = this.below(from + (i + 1) * width);
      masses[i] = below - before;
      before = below;
    }
    return masses;
  }

  /** The regularised incomplete beta function. */
  below(x: number): number {
    const { a, b } = this;
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    const front = Math.exp(this.scale + a * Math.log(x) + b * Math.log1p(-x));
    // The continued fraction converges fast on this side of the mean.
    return x < (a + 1) / (a + b + 2)
      ? (front * fraction(x, a, b)) / a
      : 1 - (front * fraction(1 - x, b, a)) / b;
  }
}

/** The continued fraction of the incomplete beta function (Lentz's method). */
function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const nonzero = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / nonzero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonzero(1 + even * d);
    c = nonzero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonzero(1 + odd * d);
    c = nonzero(1 + odd / c);
    const step = d * c;
    value *= step;
    if (Math.abs(step - 1) < 1e-14) break;
  }
  return value;
}

/** ln Γ(x) for x ≥ 1: Stirling's series, shifted to where it is exact. */
function logGamma(x: number): number {
  let shift = 0;
  for (; x < 12; x++) shift += Math.log(x);
  const i = 1 / (x * x);
  const series =
    (1 / 12 - i * (1 / 360 - i * (1 / 1260 - i * (1 / 1680 - i / 1188)))) / x;
  return (
    (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - shift
  );
}
