// The optimiser step, latent by latent. A result does not depend on the range
// of latents it was computed in.
import { adam, at, axpy, dot, gatherSum, scale } from "./vector";

/** Pointers and constants of one optimiser step; see step-layout.ts for the twin. */
@unmanaged
class Step {
  d: i32;
  x: usize;
  bDec: usize;
  /** dL/dx̂ by group, [groups × rows × d]; group g ends before latent groupEnds[g]. */
  grad: usize;
  groupEnds: usize;
  groupBytes: usize;
  colPtr: usize;
  colRow: usize;
  colValue: usize;
  colDValue: usize;
  /** The auxiliary code's gradient and columns; auxGrad 0 means there is none. */
  auxGrad: usize;
  auxColPtr: usize;
  auxColRow: usize;
  auxColValue: usize;
  auxColDValue: usize;
  /** Per latent c: dL/dW_dec[i] += c_i W_dec[i]; 0 means none. */
  decoderPull: usize;
  /** Per latent c: dL/dz_ti += c_i for every row t; 0 means none. */
  spread: usize;
  /** Σ_t (x_t − b_dec), [d], and the number of rows; for `spread`. */
  inputSum: usize;
  rows: f32;
  /** Per latent dL/db_enc where it is not Σ_t dz_ti; 0 means it is. */
  biasGradient: usize;
  wEnc: usize;
  mEnc: usize;
  vEnc: usize;
  wDec: usize;
  mDec: usize;
  vDec: usize;
  bEnc: usize;
  mBias: usize;
  vBias: usize;
  beta1: f32;
  beta2: f32;
  stepSize: f32;
  rootScale: f32;
  epsilon: f32;
  /** 1: project the decoder gradient off its row and renormalise the row. */
  unitNorm: u32;
  /** Gradients, dW_enc rows, dW_dec rows, db_enc, for `latents` latents; or 0. */
  gradients: usize;
  latents: u32;
  /** What stored gradients are multiplied by before Adam (clipping). */
  clip: f32;
}

/**
 * The gradients of latent i, into gEnc, gDec and (returned) db_enc:
 *   dW_dec[i] = Σ_t f_ti grad_t            (+ the auxiliary code's, + decoderPull)
 *   dW_enc[i] = Σ_t dz_ti (x_t − b_dec)    (+ the auxiliary code's, + spread)
 *   db_enc[i] = Σ_t dz_ti
 * and adds the encoder path of b_dec's gradient, −(Σ_t dz_ti) W_enc[i].
 */
function gather(
  s: Step,
  i: u32,
  grad: usize,
  gEnc: usize,
  gDec: usize,
  bDecGrad: usize,
): f32 {
  const d = s.d;
  const row = <usize>i * (<usize>d << 2);
  const wEnc = s.wEnc + row;
  const wDec = s.wDec + row;
  let first = load<u32>(at(s.colPtr, i));
  let last = load<u32>(at(s.colPtr, i + 1));
  gatherSum(gDec, grad, d, s.colRow, s.colValue, first, last, false);
  gatherSum(gEnc, s.x, d, s.colRow, s.colDValue, first, last, false);
  let sum: f32 = 0;
  for (let e = first; e < last; e++) sum += load<f32>(at(s.colDValue, e));
  if (s.auxGrad) {
    first = load<u32>(at(s.auxColPtr, i));
    last = load<u32>(at(s.auxColPtr, i + 1));
    gatherSum(gDec, s.auxGrad, d, s.auxColRow, s.auxColValue, first, last, true);
    gatherSum(gEnc, s.x, d, s.auxColRow, s.auxColDValue, first, last, true);
    for (let e = first; e < last; e++) {
      sum += load<f32>(at(s.auxColDValue, e));
    }
  }
  if (sum != 0) {
    axpy(gEnc, -sum, s.bDec, d);
    axpy(bDecGrad, -sum, wEnc, d);
  }
  if (s.spread) {
    const c = load<f32>(at(s.spread, i));
    if (c != 0) {
      axpy(gEnc, c, s.inputSum, d);
      axpy(bDecGrad, -c * s.rows, wEnc, d);
      sum += c * s.rows;
    }
  }
  if (s.decoderPull) axpy(gDec, load<f32>(at(s.decoderPull, i)), wDec, d);
  return s.biasGradient ? load<f32>(at(s.biasGradient, i)) : sum;
}

/** Adam on latent i's row of both matrices and on its bias. */
// @ts-ignore: decorator
@inline
function apply(s: Step, i: u32, gEnc: usize, gDec: usize, gBias: usize): void {
  const d = s.d;
  const row = <usize>i * (<usize>d << 2);
  const wDec = s.wDec + row;
  adam(s.wEnc + row, s.mEnc + row, s.vEnc + row, gEnc, d, s.beta1, s.beta2, s.stepSize, s.rootScale, s.epsilon);
  adam(wDec, s.mDec + row, s.vDec + row, gDec, d, s.beta1, s.beta2, s.stepSize, s.rootScale, s.epsilon);
  if (s.unitNorm) {
    const norm = sqrt<f32>(dot(wDec, wDec, d));
    if (norm > 0) scale(wDec, 1 / norm, d);
  }
  const bias = <usize>i << 2;
  adam(s.bEnc + bias, s.mBias + bias, s.vBias + bias, gBias, 1, s.beta1, s.beta2, s.stepSize, s.rootScale, s.epsilon);
}

/** The projection comes before Adam: after it, Adam's moments would be full of the parallel part. */
// @ts-ignore: decorator
@inline
function project(s: Step, i: u32, gDec: usize): void {
  const wDec = s.wDec + <usize>i * (<usize>s.d << 2);
  if (s.unitNorm) axpy(gDec, -dot(gDec, wDec, s.d), wDec, s.d);
}

/**
 * One optimiser step of latents [from, to): a row's gradients are gathered,
 * used and forgotten while they are in the cache. `scratch` holds 2d + 1
 * floats. Where the step has `gradients`, they are written there too, as they
 * are before projection.
 */
export function updateLatents(
  from: u32,
  to: u32,
  stepPointer: usize,
  scratch: usize,
  bDecGrad: usize,
): void {
  const s = changetype<Step>(stepPointer);
  const stride = <usize>s.d << 2;
  const gEnc = scratch;
  const gDec = scratch + stride;
  const gBias = gDec + stride;
  let group: u32 = 0;
  for (let i = from; i < to; i++) {
    while (i >= load<u32>(at(s.groupEnds, group))) group++;
    const grad = s.grad + <usize>group * <usize>s.groupBytes;
    store<f32>(gBias, gather(s, i, grad, gEnc, gDec, bDecGrad));
    if (s.gradients) {
      const row = <usize>i * stride;
      const matrix = <usize>s.latents * stride;
      memory.copy(s.gradients + row, gEnc, stride);
      memory.copy(s.gradients + matrix + row, gDec, stride);
      store<f32>(at(s.gradients + 2 * matrix, i), load<f32>(gBias));
    }
    project(s, i, gDec);
    apply(s, i, gEnc, gDec, gBias);
  }
}

/**
 * The first half of a clipped step: gathers the (projected) gradients of
 * latents [from, to) into the step's `gradients` and returns their summed
 * squares. No parameter moves, as the norm of all is not known yet.
 */
export function gatherLatents(
  from: u32,
  to: u32,
  stepPointer: usize,
  bDecGrad: usize,
): f64 {
  const s = changetype<Step>(stepPointer);
  const stride = <usize>s.d << 2;
  const matrix = <usize>s.latents * stride;
  let squares: f64 = 0;
  let group: u32 = 0;
  for (let i = from; i < to; i++) {
    while (i >= load<u32>(at(s.groupEnds, group))) group++;
    const grad = s.grad + <usize>group * <usize>s.groupBytes;
    const gEnc = s.gradients + <usize>i * stride;
    const gDec = gEnc + matrix;
    const gBias = gather(s, i, grad, gEnc, gDec, bDecGrad);
    store<f32>(at(s.gradients + 2 * matrix, i), gBias);
    project(s, i, gDec);
    squares += <f64>dot(gEnc, gEnc, s.d) + <f64>dot(gDec, gDec, s.d);
    squares += <f64>gBias * <f64>gBias;
  }
  return squares;
}

/** The second half: Adam on the stored gradients, scaled by the step's `clip`. */
export function applyLatents(from: u32, to: u32, stepPointer: usize): void {
  const s = changetype<Step>(stepPointer);
  const stride = <usize>s.d << 2;
  const matrix = <usize>s.latents * stride;
  for (let i = from; i < to; i++) {
    const gEnc = s.gradients + <usize>i * stride;
    const gDec = gEnc + matrix;
    const gBias = at(s.gradients + 2 * matrix, i);
    scale(gEnc, s.clip, s.d);
    scale(gDec, s.clip, s.d);
    scale(gBias, s.clip, 1);
    apply(s, i, gEnc, gDec, gBias);
  }
}

/** average += (1 − decay) · (p − average), on [from, to). */
export function average(
  from: u32,
  to: u32,
  p: usize,
  mean: usize,
  decay: f32,
): void {
  const rest = <f32>1 - decay;
  const count = <i32>(to - from);
  const a = mean + (<usize>from << 2);
  scale(a, decay, count);
  axpy(a, rest, p + (<usize>from << 2), count);
}

/** out[i] = ‖matrix[i]‖, i in [from, to). */
export function rowNorms(
  from: u32,
  to: u32,
  d: i32,
  matrix: usize,
  out: usize,
): void {
  for (let i = from; i < to; i++) {
    const row = matrix + <usize>i * (<usize>d << 2);
    store<f32>(at(out, i), sqrt<f32>(dot(row, row, d)));
  }
}
