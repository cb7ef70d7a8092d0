// Sparse kernels for a linear decoder y = Σ f_i W[i] + b whose codes f have few
// non-zeros per row. A code is in compressed-row form (rowPtr, index, value);
// the columns view lists the same entries by latent. Every function works on a
// half-open range of rows or latents, so threads share the work by range, and
// the result of a row or latent does not depend on the range it was in.
import { adam, axpy, dot, gatherSum, scale } from "./vector";

/** Byte offset of element i of a 4-byte array. */
// @ts-ignore: decorator
@inline
function at(pointer: usize, i: u32): usize {
  return pointer + (<usize>i << 2);
}

/**
 * For rows r in [from, to), with e = Σ f_i W[i] + bias − targetScale · target[r]:
 *   grad[r]  = gradScale · e
 *   dValue_j = grad[r] · W[i_j] + l1    for each entry j of the row
 * Returns Σ_r ‖e‖². `bias` 0 means none. `target` may be `grad` of another code.
 */
export function reconstructRows(
  from: u32,
  to: u32,
  d: i32,
  target: usize,
  targetScale: f32,
  bias: usize,
  weights: usize,
  rowPtr: usize,
  index: usize,
  value: usize,
  gradScale: f32,
  l1: f32,
  grad: usize,
  dValue: usize,
): f64 {
  const stride = <usize>d << 2;
  let total: f64 = 0;
  for (let r = from; r < to; r++) {
    const first = load<u32>(at(rowPtr, r));
    const last = load<u32>(at(rowPtr, r + 1));
    const g = grad + <usize>r * stride;
    const x = target + <usize>r * stride;
    gatherSum(g, weights, d, index, value, first, last, false);
    if (bias) axpy(g, 1, bias, d);
    axpy(g, -targetScale, x, d);
    total += <f64>dot(g, g, d);
    scale(g, gradScale, d);
    for (let e = first; e < last; e++) {
      const w = weights + <usize>load<u32>(at(index, e)) * stride;
      store<f32>(at(dValue, e), dot(g, w, d) + l1);
    }
  }
  return total;
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

/** Pointers and constants of one optimiser step; see layout.ts for the twin. */
@unmanaged
export class Step {
  d: i32;
  x: u32;
  bDec: u32;
  grad: u32;
  colPtr: u32;
  colRow: u32;
  colValue: u32;
  colDValue: u32;
  /** The auxiliary code's gradient and columns; auxGrad 0 means there is none. */
  auxGrad: u32;
  auxColPtr: u32;
  auxColRow: u32;
  auxColValue: u32;
  auxColDValue: u32;
  wEnc: u32;
  mEnc: u32;
  vEnc: u32;
  wDec: u32;
  mDec: u32;
  vDec: u32;
  bEnc: u32;
  mBias: u32;
  vBias: u32;
  beta1: f32;
  beta2: f32;
  stepSize: f32;
  rootScale: f32;
  epsilon: f32;
  /** 1: project the decoder gradient off its row and renormalise the row. */
  unitNorm: u32;
}

/**
 * For each latent i in [from, to): gathers the gradients
 *   dW_dec[i] = Σ_t f_ti grad_t            (+ the auxiliary code's)
 *   db_enc[i] = Σ_t dz_ti
 *   dW_enc[i] = Σ_t dz_ti x_t − db_enc[i] b_dec
 * adds the encoder path of b_dec's gradient, −db_enc[i] W_enc[i], to
 * `bDecGrad` (before W_enc moves), and takes one Adam step on all three.
 * `scratch` holds 2d floats. If `gradOut` is not 0 the gradients are also
 * written there: dW_enc rows, dW_dec rows, db_enc, for `latents` latents.
 */
export function updateLatents(
  from: u32,
  to: u32,
  latents: u32,
  stepPointer: usize,
  scratch: usize,
  bDecGrad: usize,
  gradOut: usize,
): void {
  const s = changetype<Step>(stepPointer);
  const d = s.d;
  const stride = <usize>d << 2;
  const gEnc = scratch;
  const gDec = scratch + stride;
  for (let i = from; i < to; i++) {
    let first = load<u32>(at(s.colPtr, i));
    let last = load<u32>(at(s.colPtr, i + 1));
    gatherSum(gDec, s.grad, d, s.colRow, s.colValue, first, last, false);
    gatherSum(gEnc, s.x, d, s.colRow, s.colDValue, first, last, false);
    let gBias: f32 = 0;
    for (let e = first; e < last; e++) gBias += load<f32>(at(s.colDValue, e));
    if (s.auxGrad) {
      first = load<u32>(at(s.auxColPtr, i));
      last = load<u32>(at(s.auxColPtr, i + 1));
      gatherSum(gDec, s.auxGrad, d, s.auxColRow, s.auxColValue, first, last, true);
      gatherSum(gEnc, s.x, d, s.auxColRow, s.auxColDValue, first, last, true);
      for (let e = first; e < last; e++) {
        gBias += load<f32>(at(s.auxColDValue, e));
      }
    }
    const row = <usize>i * stride;
    const wEnc = s.wEnc + row;
    const wDec = s.wDec + row;
    if (gBias != 0) {
      axpy(gEnc, -gBias, s.bDec, d);
      axpy(bDecGrad, -gBias, wEnc, d);
    }
    if (gradOut) {
      const matrix = <usize>latents * stride;
      memory.copy(gradOut + row, gEnc, stride);
      memory.copy(gradOut + matrix + row, gDec, stride);
      store<f32>(at(gradOut + 2 * matrix, i), gBias);
    }
    // The projection comes before Adam: afterwards it would leave Adam's
    // moments full of the parallel part.
    if (s.unitNorm) axpy(gDec, -dot(gDec, wDec, d), wDec, d);
    adam(wEnc, s.mEnc + row, s.vEnc + row, gEnc, d, s.beta1, s.beta2, s.stepSize, s.rootScale, s.epsilon);
    adam(wDec, s.mDec + row, s.vDec + row, gDec, d, s.beta1, s.beta2, s.stepSize, s.rootScale, s.epsilon);
    if (s.unitNorm) {
      const norm = sqrt<f32>(dot(wDec, wDec, d));
      if (norm > 0) scale(wDec, 1 / norm, d);
    }
    store<f32>(scratch, gBias);
    const bias = <usize>i << 2;
    adam(s.bEnc + bias, s.mBias + bias, s.vBias + bias, scratch, 1, s.beta1, s.beta2, s.stepSize, s.rootScale, s.epsilon);
  }
}

export { adam };
