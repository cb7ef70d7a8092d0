import type { SequenceFirings } from "./sequence-firings";

/**
 * How often and how strongly each feature fires: exact counts, sums in
 * float64, exact maxima (docs/method.md, Eq. 18). 16 bytes a feature.
 */
export class FiringStats {
  private readonly counts: Uint32Array;
  private readonly sums: Float64Array;
  private readonly maxima: Float32Array;

  constructor(dSae: number) {
    this.counts = new Uint32Array(dSae);
    this.sums = new Float64Array(dSae);
    this.maxima = new Float32Array(dSae);
  }

  /** Takes in entries from … to − 1 of `firings`, all of `feature`. */
  add(
    feature: number,
    firings: SequenceFirings,
    from: number,
    to: number,
  ): void {
    const { values } = firings;
    let sum = 0;
    let max = this.maxima[feature]!;
    for (let i = from; i < to; i++) {
      const value = values[i]!;
      sum += value;
      if (value > max) max = value;
    }
    this.counts[feature]! += to - from;
    this.sums[feature]! += sum;
    this.maxima[feature] = max;
  }

  /** Tokens on which the feature fired. Density = count / tokens seen. */
  count(feature: number): number {
    return this.counts[feature]!;
  }

  /** Mean activation over the tokens on which it fired; 0 if it never did. */
  mean(feature: number): number {
    const count = this.counts[feature]!;
    return count === 0 ? 0 : this.sums[feature]! / count;
  }

  /** Largest activation; 0 if it never fired. */
  max(feature: number): number {
    return this.maxima[feature]!;
  }
}
