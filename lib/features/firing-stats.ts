import type { MomentsRecord } from "#lib/db/records";
import type { SequenceFirings } from "./sequence-firings";

/** Sums kept a feature: of the first to the fourth power. */
const POWERS = 4;

/**
 * How often and how strongly each feature fires: exact counts and maxima, and
 * the moments of its activations from power sums in float64, taken about its
 * first activation so that little cancels (docs/method.md, Eq. 18). 44 bytes a
 * feature.
 */
export class FiringStats {
  private readonly counts: Uint32Array;
  private readonly maxima: Float32Array;
  /** The first activation; what the sums are taken about. */
  private readonly origins: Float32Array;
  /** [dSae × POWERS] Σ (v − origin)^p */
  private readonly sums: Float64Array;

  constructor(dSae: number) {
    this.counts = new Uint32Array(dSae);
    this.maxima = new Float32Array(dSae);
    this.origins = new Float32Array(dSae);
    this.sums = new Float64Array(dSae * POWERS);
  }

  /** Takes in entries from … to − 1 of `firings`, all of `feature`. */
  add(
    feature: number,
    firings: SequenceFirings,
    from: number,
    to: number,
  ): void {
    const { values } = firings;
    if (this.counts[feature] === 0) this.origins[feature] = values[from]!;
    const origin = this.origins[feature]!;
    let max = this.maxima[feature]!;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    for (let i = from; i < to; i++) {
      const value = values[i]!;
      const d = value - origin;
      const square = d * d;
      s1 += d;
      s2 += square;
      s3 += square * d;
      s4 += square * square;
      if (value > max) max = value;
    }
    const base = feature * POWERS;
    this.sums[base]! += s1;
    this.sums[base + 1]! += s2;
    this.sums[base + 2]! += s3;
    this.sums[base + 3]! += s4;
    this.counts[feature]! += to - from;
    this.maxima[feature] = max;
  }

  /** Tokens on which the feature fired. Density = count / tokens seen. */
  count(feature: number): number {
    return this.counts[feature]!;
  }

  /** Mean activation over the tokens on which it fired; 0 if it never did. */
  mean(feature: number): number {
    const count = this.counts[feature]!;
    if (count === 0) return 0;
    return this.origins[feature]! + this.sums[feature * POWERS]! / count;
  }

  /** Largest activation; 0 if it never fired. */
  max(feature: number): number {
    return this.maxima[feature]!;
  }

  /**
   * Variance, skewness and kurtosis of the activations it fired with (those of
   * the population: divided by n; a normal distribution's kurtosis is 3). A
   * feature whose activations are all one value has neither of the last two.
   */
  moments(feature: number): MomentsRecord {
    const n = this.counts[feature]!;
    if (n === 0) return { variance: 0, skewness: null, kurtosis: null };
    const [m1, r2, r3, r4] = Array.from(
      this.sums.subarray(feature * POWERS, (feature + 1) * POWERS),
      (sum) => sum / n,
    ) as [number, number, number, number];
    const variance = Math.max(0, r2 - m1 * m1);
    // What rounding leaves of a variance of 0 would make nonsense of the rest.
    if (variance <= 1e-12 * r2) {
      return { variance: 0, skewness: null, kurtosis: null };
    }
    const third = r3 - 3 * m1 * r2 + 2 * m1 ** 3;
    const fourth = r4 - 4 * m1 * r3 + 6 * m1 ** 2 * r2 - 3 * m1 ** 4;
    return {
      variance,
      skewness: third / variance ** 1.5,
      kurtosis: fourth / variance ** 2,
    };
  }
}
