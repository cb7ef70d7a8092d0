import type { HistogramRecord } from "#lib/db/records";
import type { SequenceFirings } from "./sequence-firings";

export const HISTOGRAM_BINS = 64;

/**
 * Exact counts of each feature's activations in equal-width bins, without
 * knowing the range beforehand (docs/method.md, Eq. 19). 264 bytes a feature.
 *
 * The bins of a feature cover (0, range], where range is a power of two: bin i
 * is (i · w, (i + 1) · w] with w = range / 64. A value above the range doubles
 * it by merging neighbouring bins, and (2iw, (2i+1)w] ∪ ((2i+1)w, (2i+2)w] is
 * again a bin, so no count is ever estimated. At the end the range is the
 * smallest power of two ≥ the feature's maximum, whatever the order of the
 * values, and dividing by a power of two is exact in floating point: the
 * result equals a histogram of all values made afterwards.
 */
export class Histogram {
  private readonly counts: Uint32Array;
  private readonly ranges: Float64Array;

  constructor(dSae: number) {
    this.counts = new Uint32Array(dSae * HISTOGRAM_BINS);
    this.ranges = new Float64Array(dSae);
  }

  /** Takes in entries from … to − 1 of `firings`, all of `feature`. */
  add(
    feature: number,
    firings: SequenceFirings,
    from: number,
    to: number,
  ): void {
    const { values } = firings;
    const { counts } = this;
    const base = feature * HISTOGRAM_BINS;
    let range = this.ranges[feature]!;
    let perUnit = HISTOGRAM_BINS / range;
    for (let i = from; i < to; i++) {
      const value = values[i]!;
      if (value > range) {
        range = this.widen(feature, value);
        perUnit = HISTOGRAM_BINS / range;
      }
      counts[base + Math.ceil(value * perUnit) - 1]!++;
    }
  }

  private widen(feature: number, value: number): number {
    const base = feature * HISTOGRAM_BINS;
    const bins = this.counts.subarray(base, base + HISTOGRAM_BINS);
    let range = this.ranges[feature]!;
    if (range === 0) range = powerOfTwoFrom(value);
    while (range < value) {
      for (let i = 0; i < HISTOGRAM_BINS / 2; i++) {
        bins[i] = bins[2 * i]! + bins[2 * i + 1]!;
      }
      bins.fill(0, HISTOGRAM_BINS / 2);
      range *= 2;
    }
    this.ranges[feature] = range;
    return range;
  }

  /**
   * The feature's histogram: 33 … 64 bins, the last of them holding the
   * maximum; no bins (and width 0) if it never fired.
   */
  record(feature: number): HistogramRecord {
    const base = feature * HISTOGRAM_BINS;
    const counts = Array.from(
      this.counts.subarray(base, base + HISTOGRAM_BINS),
    );
    while (counts.length > 0 && counts[counts.length - 1] === 0) counts.pop();
    return { binWidth: this.ranges[feature]! / HISTOGRAM_BINS, counts };
  }
}

/** The smallest power of two ≥ value. */
function powerOfTwoFrom(value: number): number {
  let power = 2 ** Math.ceil(Math.log2(value));
  // log2 may round across the integer.
  while (power < value) power *= 2;
  while (power / 2 >= value) power /= 2;
  return power;
}
