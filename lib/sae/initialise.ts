import type { Rng } from "#lib/random";

/** Statistics of a sample of activations, from which training starts. */
export interface InputStatistics {
  /** [dIn], in the input's own units. */
  centre: Float64Array;
  /** What inputs are multiplied by before training. */
  scale: number;
}

/** Mean of the rows of x [rows × d]. */
export function meanOf(x: Float32Array, rows: number, d: number): Float64Array {
  const mean = new Float64Array(d);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < d; c++) mean[c]! += x[r * d + c]!;
  }
  for (let c = 0; c < d; c++) mean[c]! /= rows;
  return mean;
}

const WEISZFELD_STEPS = 100;
const WEISZFELD_TOLERANCE = 1e-6;

/**
 * The point with the least summed distance to the rows of x: Weiszfeld's
 * iteration (docs/method.md, Eq. 7), guarded against a row that coincides with
 * the current point.
 */
export function geometricMedian(
  x: Float32Array,
  rows: number,
  d: number,
): Float64Array {
  let point = meanOf(x, rows, d);
  for (let step = 0; step < WEISZFELD_STEPS; step++) {
    const next = new Float64Array(d);
    let weights = 0;
    for (let r = 0; r < rows; r++) {
      let square = 0;
      for (let c = 0; c < d; c++) square += (x[r * d + c]! - point[c]!) ** 2;
      const weight = 1 / Math.max(Math.sqrt(square), 1e-12);
      weights += weight;
      for (let c = 0; c < d; c++) next[c]! += weight * x[r * d + c]!;
    }
    let moved = 0;
    let size = 0;
    for (let c = 0; c < d; c++) {
      next[c]! /= weights;
      moved += (next[c]! - point[c]!) ** 2;
      size += next[c]! ** 2;
    }
    point = next;
    if (moved <= WEISZFELD_TOLERANCE ** 2 * size) break;
  }
  return point;
}

/**
 * The scale that brings the mean distance from the mean to √d, so that one
 * learning rate and one λ mean the same for every hook (docs/method.md, Eq. 4).
 * 1 for a sample without spread.
 */
export function normalisingScale(
  x: Float32Array,
  rows: number,
  d: number,
): number {
  const mean = meanOf(x, rows, d);
  let distance = 0;
  for (let r = 0; r < rows; r++) {
    let square = 0;
    for (let c = 0; c < d; c++) square += (x[r * d + c]! - mean[c]!) ** 2;
    distance += Math.sqrt(square);
  }
  return distance > 0 ? (Math.sqrt(d) * rows) / distance : 1;
}

/** Fills w [rows × d] with directions uniform on the unit sphere. */
export function randomUnitRows(
  w: Float32Array,
  rows: number,
  d: number,
  rng: Rng,
): void {
  for (let r = 0; r < rows; r++) {
    let square = 0;
    for (let c = 0; c < d; c++) {
      const value = rng.normal();
      w[r * d + c] = value;
      square += value * value;
    }
    const inverse = 1 / Math.sqrt(square);
    for (let c = 0; c < d; c++) w[r * d + c]! *= inverse;
  }
}
