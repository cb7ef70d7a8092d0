import type { LogitHistogramRecord } from "#lib/db/records";

/** Bins over the whole range, half of them on either side of zero. */
export const LOGIT_BINS = 128;

/**
 * Counts of a feature's effects on all tokens, logits − mean, in bins of equal
 * width; empty ones at both ends are cut off. The range is ± the smallest
 * power of two that holds them all: bins of different features nest.
 */
export function histogramOfEffects(
  logits: Float32Array,
  mean: number,
): LogitHistogramRecord {
  let largest = 0;
  for (const logit of logits) {
    largest = Math.max(largest, Math.abs(logit - mean));
  }
  // A zero row of the decoder moves no logit; any range shows that.
  const range = largest > 0 ? 2 ** Math.ceil(Math.log2(largest)) : 1;
  const perUnit = LOGIT_BINS / 2 / range;
  const bins = new Uint32Array(LOGIT_BINS);
  for (const logit of logits) {
    const bin = Math.floor((logit - mean) * perUnit) + LOGIT_BINS / 2;
    bins[Math.max(0, Math.min(LOGIT_BINS - 1, bin))]!++;
  }
  const first = bins.findIndex((count) => count > 0);
  const last = bins.findLastIndex((count) => count > 0);
  return {
    min: first / perUnit - range,
    binWidth: 1 / perUnit,
    counts: Array.from(bins.subarray(first, last + 1)),
  };
}
