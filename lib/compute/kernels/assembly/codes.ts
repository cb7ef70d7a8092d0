// Sparse kernels for a linear decoder y = Σ f_i W[i] + b whose codes f have few
// non-zeros per row. A code is in compressed-row form (rowPtr, index, value);
// the columns view lists the same entries by latent. Every function works on a
// half-open range of rows or latents, so threads share the work by range, and
// the result of a row or latent does not depend on the range it was in.
import { at, axpy, dot, gatherSum, scale } from "./vector";

/**
 * Decodes rows r in [from, to) group by group and leaves the gradients. The
 * entries of row r in group g are rowPtr[r·groups + g] … rowPtr[r·groups + g + 1];
 * with one group that is the plain compressed-row form. With
 *   e_g = Σ_{groups ≤ g} f_i W[i] + bias − targetScale · target[r]
 * it writes
 *   errors[g·rows + r] = ‖e_g‖²
 *   grad[g][r]         = Σ_{h ≥ g} gradScale[h] · e_h
 *   dValue_j           = grad[g][r] · W[i_j]     for each entry j of group g
 * `grad` is [groups × rows × d]. `bias` 0 means none. `target` may be the `grad`
 * of another code.
 */
export function reconstructRows(
  from: u32,
  to: u32,
  rows: u32,
  d: i32,
  groups: u32,
  target: usize,
  targetScale: f32,
  bias: usize,
  weights: usize,
  rowPtr: usize,
  index: usize,
  value: usize,
  gradScale: usize,
  grad: usize,
  errors: usize,
  dValue: usize,
): void {
  const stride = <usize>d << 2;
  const groupStride = <usize>rows * stride;
  for (let r = from; r < to; r++) {
    const own = grad + <usize>r * stride;
    const x = target + <usize>r * stride;
    for (let g: u32 = 0; g < groups; g++) {
      const first = load<u32>(at(rowPtr, r * groups + g));
      const last = load<u32>(at(rowPtr, r * groups + g + 1));
      const e = own + <usize>g * groupStride;
      if (g == 0) {
        gatherSum(e, weights, d, index, value, first, last, false);
        if (bias) axpy(e, 1, bias, d);
        axpy(e, -targetScale, x, d);
      } else {
        memory.copy(e, e - groupStride, stride);
        gatherSum(e, weights, d, index, value, first, last, true);
      }
      store<f32>(at(errors, g * rows + r), dot(e, e, d));
    }
    for (let g: u32 = groups; g > 0; g--) {
      const e = own + <usize>(g - 1) * groupStride;
      scale(e, load<f32>(at(gradScale, g - 1)), d);
      if (g < groups) axpy(e, 1, e + groupStride, d);
    }
    for (let g: u32 = 0; g < groups; g++) {
      const first = load<u32>(at(rowPtr, r * groups + g));
      const last = load<u32>(at(rowPtr, r * groups + g + 1));
      const gradient = own + <usize>g * groupStride;
      for (let j = first; j < last; j++) {
        const w = weights + <usize>load<u32>(at(index, j)) * stride;
        store<f32>(at(dValue, j), dot(gradient, w, d));
      }
    }
  }
}

/** out += Σ_r matrix[r], r in [from, to). */
export function sumRows(
  from: u32,
  to: u32,
  d: i32,
  matrix: usize,
  out: usize,
): void {
  const stride = <usize>d << 2;
  for (let r = from; r < to; r++) axpy(out, 1, matrix + <usize>r * stride, d);
}

/**
 * Sorts a code's entries by latent (counting sort, rows ascending within a
 * latent): colPtr [latents + 1], colRow/colValue/colDValue [entries].
 */
export function buildColumns(
  rows: u32,
  latents: u32,
  rowPtr: usize,
  index: usize,
  value: usize,
  dValue: usize,
  colPtr: usize,
  colRow: usize,
  colValue: usize,
  colDValue: usize,
): void {
  memory.fill(colPtr, 0, (<usize>latents + 1) << 2);
  const entries = load<u32>(at(rowPtr, rows));
  for (let e: u32 = 0; e < entries; e++) {
    const slot = at(colPtr, load<u32>(at(index, e)));
    store<u32>(slot, load<u32>(slot) + 1);
  }
  // Exclusive prefix sums; each slot is then its latent's write cursor.
  let sum: u32 = 0;
  for (let i: u32 = 0; i <= latents; i++) {
    const slot = at(colPtr, i);
    const count = load<u32>(slot);
    store<u32>(slot, sum);
    sum += count;
  }
  for (let r: u32 = 0; r < rows; r++) {
    const last = load<u32>(at(rowPtr, r + 1));
    for (let e = load<u32>(at(rowPtr, r)); e < last; e++) {
      const slot = at(colPtr, load<u32>(at(index, e)));
      const to = load<u32>(slot);
      store<u32>(slot, to + 1);
      store<u32>(at(colRow, to), r);
      store<f32>(at(colValue, to), load<f32>(at(value, e)));
      store<f32>(at(colDValue, to), load<f32>(at(dValue, e)));
    }
  }
  // Each cursor ended where the next latent begins: shift back by one.
  for (let i = latents; i > 0; i--) {
    store<u32>(at(colPtr, i), load<u32>(at(colPtr, i - 1)));
  }
  store<u32>(colPtr, 0);
}

