/**
 * Densities as firing counts, exactly: count / tokens is what people see and
 * filter by, the count is what the database orders by.
 */

/** The smallest count with count / tokens ≥ density. */
export function countAtLeast(density: number, tokens: number): number {
  let count = Math.max(0, Math.ceil(density * tokens) - 1);
  while (count / tokens < density) count++;
  return count;
}

/** The largest count with count / tokens ≤ density. */
export function countAtMost(density: number, tokens: number): number {
  let count = Math.floor(density * tokens) + 1;
  while (count > 0 && count / tokens > density) count--;
  return count;
}

/** Bins of log10(density) on the SAE page; bin 0 starts at 10^−7. */
const HISTOGRAM_MIN = -7;
const HISTOGRAM_WIDTH = 0.25;
const HISTOGRAM_BINS = -HISTOGRAM_MIN / HISTOGRAM_WIDTH;

export interface DensityHistogram {
  /** log10 of the first bin's lower end. */
  min: number;
  width: number;
  counts: number[];
  dead: number;
}

/**
 * Features per quarter of a decade of density. What lies below 10^−7 counts
 * in the first bin, a density of 1 in the last.
 */
export function densityHistogram(
  firingCounts: Iterable<number>,
  tokens: number,
): DensityHistogram {
  const counts = new Array<number>(HISTOGRAM_BINS).fill(0);
  let dead = 0;
  for (const count of firingCounts) {
    if (count === 0) {
      dead++;
      continue;
    }
    const at = (Math.log10(count / tokens) - HISTOGRAM_MIN) / HISTOGRAM_WIDTH;
    const bin = Math.min(HISTOGRAM_BINS - 1, Math.max(0, Math.floor(at)));
    counts[bin]!++;
  }
  return { min: HISTOGRAM_MIN, width: HISTOGRAM_WIDTH, counts, dead };
}
