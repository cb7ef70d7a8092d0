/** Equal parts of the cosines −1 … 1. */
const PARTS = 40;

/**
 * Features by the cosine between their encoder and decoder directions, in
 * equal parts of −1 … 1; those that never fired do not count.
 */
export class AlignmentHistogram {
  readonly counts = new Array<number>(PARTS).fill(0);

  add(cosine: number): void {
    const part = Math.floor(((cosine + 1) / 2) * PARTS);
    // A cosine of 1 belongs to the last part; rounding may carry it beyond.
    this.counts[Math.min(PARTS - 1, Math.max(0, part))]!++;
  }
}
