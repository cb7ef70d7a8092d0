import type { Rng } from "#lib/random";

const ITERATIONS = 30;
/** Half the width of the plane that UMAP starts from. */
const EXTENT = 10;
/** Keeps points that coincide from staying together for ever. */
const JITTER = 1e-3;

/**
 * Rows of a matrix in the plane of their two largest principal components
 * (power iteration), scaled to ±10: where the layout starts from.
 *
 * @param matrix row-major [n × d]; rows count by direction only
 * @returns [rows.length × 2]
 */
export function principalPlane(
  matrix: Float32Array,
  d: number,
  rows: readonly number[],
  rng: Rng,
): Float32Array {
  const unit = new Float32Array(rows.length * d);
  const mean = new Float64Array(d);
  rows.forEach((row, r) => {
    const source = matrix.subarray(row * d, (row + 1) * d);
    let square = 0;
    for (let c = 0; c < d; c++) square += source[c]! ** 2;
    const inverse = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let c = 0; c < d; c++) {
      unit[r * d + c] = source[c]! * inverse;
      mean[c]! += (source[c]! * inverse) / rows.length;
    }
  });
  for (let i = 0; i < unit.length; i++) unit[i]! -= mean[i % d]!;

  const points = new Float32Array(rows.length * 2);
  const found: Float64Array[] = [];
  for (const axis of [0, 1]) {
    let direction = normalised(Float64Array.from(mean, () => rng.normal()));
    for (let i = 0; i < ITERATIONS; i++) {
      direction = normalised(orthogonal(covariance(unit, d, direction), found));
    }
    found.push(direction);
    for (let r = 0; r < rows.length; r++) {
      points[2 * r + axis] = inner(unit, r * d, direction);
    }
  }
  let largest = 0;
  for (const v of points) largest = Math.max(largest, Math.abs(v));
  const scale = largest > 0 ? EXTENT / largest : 1;
  return points.map((v) => v * scale + JITTER * rng.normal());
}

/** XᵀX v */
function covariance(x: Float32Array, d: number, v: Float64Array): Float64Array {
  const out = new Float64Array(d);
  for (let from = 0; from < x.length; from += d) {
    const along = inner(x, from, v);
    for (let c = 0; c < d; c++) out[c]! += along * x[from + c]!;
  }
  return out;
}

function inner(x: Float32Array, from: number, v: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < v.length; c++) sum += x[from + c]! * v[c]!;
  return sum;
}

/** v less its parts along the given unit vectors. */
function orthogonal(
  v: Float64Array,
  others: readonly Float64Array[],
): Float64Array {
  for (const other of others) {
    const along = v.reduce((sum, value, c) => sum + value * other[c]!, 0);
    other.forEach((value, c) => (v[c]! -= along * value));
  }
  return v;
}

function normalised(v: Float64Array): Float64Array {
  const norm = Math.hypot(...v) || 1;
  return v.map((value) => value / norm);
}
