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

/**
 * The level q that a random direction's projection exceeds with the given
 * probability, averaged over the rows of x (docs/method.md, Eq. 33): for
 * directions uniform on the sphere, ⟨x − centre, w⟩ is close to normal with
 * standard deviation ‖x − centre‖/√d.
 */
export function thresholdForL0(
  x: Float32Array,
  rows: number,
  centre: Float64Array,
  probability: number,
): number {
  const d = centre.length;
  const deviations = new Float64Array(rows);
  let largest = 0;
  for (let r = 0; r < rows; r++) {
    let square = 0;
    for (let c = 0; c < d; c++) square += (x[r * d + c]! - centre[c]!) ** 2;
    deviations[r] = Math.sqrt(square / d);
    largest = Math.max(largest, deviations[r]!);
  }
  let low = -10 * largest;
  let high = 10 * largest;
  const BISECTIONS = 60;
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    let above = 0;
    for (const s of deviations) {
      above += s > 0 ? normalTail(middle / s) : Number(middle < 0);
    }
    if (above / rows > probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(N(0, 1) > u), to 1.5e-7 (Abramowitz & Stegun 7.1.26). */
function normalTail(u: number): number {
  const x = Math.abs(u) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t *
    (0.254829592 +
      t *
        (-0.284496736 +
          t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = (series * Math.exp(-x * x)) / 2;
  return u > 0 ? tail : 1 - tail;
}
