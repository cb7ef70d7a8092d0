import type { MatchSummary } from "#lib/db/match-records";
import { clampCosine } from "#lib/features/neighbours";

/** Bins of best cosines from 0 to 1; what is negative counts in the first. */
const BINS = 50;
/** Thresholds 0.00, 0.01 … 1.00. */
const THRESHOLDS = 101;

interface SideFeature {
  cosine: number;
  mutual: boolean;
}

/**
 * The figures of one side: mean best cosine, its histogram, and how many
 * features reach each threshold.
 *
 * @param counted which features are counted; default: all
 */
export function summariseSide(
  features: Iterable<SideFeature>,
  counted: (feature: number) => boolean = () => true,
): MatchSummary {
  const histogram = new Array<number>(BINS).fill(0);
  const mutual = new Array<number>(THRESHOLDS).fill(0);
  const reaching = new Array<number>(THRESHOLDS).fill(0);
  let sum = 0;
  let count = 0;
  let feature = 0;
  for (const { cosine, mutual: both } of features) {
    if (!counted(feature++)) continue;
    sum += cosine;
    count++;
    const bin = Math.ceil(cosine * BINS) - 1;
    histogram[Math.min(BINS - 1, Math.max(0, bin))]!++;
    for (let t = 0; t < THRESHOLDS && cosine >= t / 100; t++) {
      reaching[t]!++;
      if (both) mutual[t]!++;
    }
  }
  return {
    features: count,
    meanCosine: count === 0 ? 0 : sum / count,
    histogram,
    reaching,
    mutual,
  };
}

/**
 * Cosine of row i of `a` and row `partner[i]` of `b`, for each i. Both matrices
 * are row-major and `dim` wide; a row of norm 0 gives 0.
 */
export function pairCosines(
  a: Float32Array,
  b: Float32Array,
  dim: number,
  partner: Int32Array,
): Float32Array {
  return Float32Array.from(partner, (other, i) => {
    let dot = 0;
    let aa = 0;
    let bb = 0;
    for (let j = 0; j < dim; j++) {
      const x = a[i * dim + j]!;
      const y = b[other * dim + j]!;
      dot += x * y;
      aa += x * x;
      bb += y * y;
    }
    return aa * bb === 0 ? 0 : clampCosine(dot / Math.sqrt(aa * bb));
  });
}
