import type { LogitHistogramRecord } from "#lib/db/records";

/** Bins over the whole range, half of them on either side of zero. */
export const LOGIT_BINS = 128;

/**
 * Counts of a feature's effects on all tokens, logits − mean, in bins of equal
 * width; empty ones at both ends are cut off. The range is ± the smallest
 * power of two that holds them all: bins of different features nest.
 *
 * @param largest an upper bound of |logit − mean|, as tight as it is known
 */
export function histogramOfEffects(
  logits: Float32Array,
  mean: number,
  largest: number,
): LogitHistogramRecord {
  // A zero row of the decoder moves no logit; any range shows that.
  const range = largest > 0 ? 2 ** Math.ceil(Math.log2(largest)) : 1;
  const perUnit = LOGIT_BINS / 2 / range;
  const shift = (range - mean) * perUnit;
  // The range's upper end, which rounding may reach, has a bin to itself here.
  const bins = new Uint32Array(LOGIT_BINS + 1);
  for (let i = 0; i < logits.length; i++) {
    bins[Math.max(0, Math.trunc(logits[i]! * perUnit + shift))]!++;
  }
  bins[LOGIT_BINS - 1]! += bins[LOGIT_BINS]!;
  const counts = Array.from(bins.subarray(0, LOGIT_BINS));
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  return {
    min: first / perUnit - range,
    binWidth: 1 / perUnit,
    counts: counts.slice(first, last + 1),
  };
}
