import type * as Tf from "@tensorflow/tfjs";
import type { TfModule } from "#lib/compute/index";
import { groupEnds } from "#lib/sae/architectures/matryoshka";
import type { TrainingConfig } from "#lib/sae/config";
import type { ParameterName } from "#lib/sae/train-state";
import { LOSSES, type DenseStep } from "./losses";
import { constant, largestOfRows } from "./selection";

export type Parameters = Record<ParameterName, Tf.Tensor>;

/** What a loss is a function of, besides the parameters. */
export interface Batch {
  /** [rows × dIn] */
  x: Tf.Tensor2D;
  sparsity: number;
  /** The latents that are dead, ascending. */
  dead: Uint32Array;
}

/** What is worth knowing of a batch, on the device. */
export type Measured = {
  /** [rows × dSae] */
  f: Tf.Tensor2D;
  /** [rows × dIn] */
  xHat: Tf.Tensor2D;
  /** ‖ê − e‖² summed over the batch; 0 without dead latents. */
  auxError: Tf.Scalar;
};

/**
 * All that is minimised (docs/method.md, §1), as a function that autodiff can
 * follow. What it passes through is handed to `keep`, in f's scope.
 */
export function objective(
  tf: TfModule,
  config: TrainingConfig,
  p: Parameters,
  batch: Batch,
  keep: (measured: Measured) => void,
): Tf.Scalar {
  const { x, dead } = batch;
  const W_enc = p.W_enc as Tf.Tensor2D;
  const W_dec = p.W_dec as Tf.Tensor2D;
  const { batchSize: rows } = config;
  const product = encoderProduct(tf, x, W_enc, p.b_dec);
  const z: Tf.Tensor2D = tf.add(product, p.b_enc);
  const step: DenseStep = {
    tf,
    config,
    sparsity: batch.sparsity,
    product,
    z,
    W_dec,
    latents: p as Record<string, Tf.Tensor1D>,
    frozenError(code) {
      const decoder = constant(tf, () => tf.clone(W_dec));
      const bias = constant(tf, () => tf.clone(p.b_dec));
      const decoded = tf.add(tf.matMul(code, decoder), bias);
      return tf.div(squaredDistance(tf, decoded, x), rows);
    },
  };
  const { f, penalty } = LOSSES[config.architecture](step);
  const { xHat, error } = reconstruct(tf, config, f, W_dec, p.b_dec, x);
  const terms: Tf.Scalar[] = [tf.div(error, rows)];
  if (penalty !== null) terms.push(penalty);
  let auxError = tf.scalar(0);
  if (dead.length > 0 && config.deadLatents === "aux_k") {
    const residual = constant(tf, (): Tf.Tensor2D => tf.sub(x, xHat));
    auxError = auxiliaryError(tf, config, z, W_dec, residual, dead);
    terms.push(tf.mul(auxError, auxiliaryWeight(config, dead.length) / rows));
  }
  if (dead.length > 0 && config.deadLatents === "pre_activation") {
    const pull = deadPull(tf, config, z, p.threshold, dead);
    terms.push(tf.mul(pull, config.deadCoefficient / rows));
  }
  keep({ f, xHat, auxError });
  return tf.addN(terms);
}

/**
 * (x − b_dec) W_encᵀ. Differentiated as it stands, b_dec would cost a dense
 * product, Σ_t (dz_t W_enc); moved out of x it costs (Σ_t dz_t) W_enc (Eq. 13).
 * What stands for it is 0, and only has its gradient.
 */
function encoderProduct(
  tf: TfModule,
  x: Tf.Tensor2D,
  W_enc: Tf.Tensor2D,
  b_dec: Tf.Tensor,
): Tf.Tensor2D {
  const held = constant(tf, () => tf.clone(b_dec));
  const encoder = constant(tf, () => tf.clone(W_enc));
  const moved = tf.matMul(
    tf.reshape(tf.sub(held, b_dec), [1, -1]),
    encoder,
    false,
    true,
  );
  return tf.add(tf.matMul(tf.sub(x, held), W_enc, false, true), moved);
}

/**
 * x̂ of the whole dictionary, and ‖x̂ − x‖² summed over the batch: the mean over
 * the nested dictionaries where there are several (Eq. 32).
 */
function reconstruct(
  tf: TfModule,
  config: TrainingConfig,
  f: Tf.Tensor2D,
  W_dec: Tf.Tensor2D,
  b_dec: Tf.Tensor,
  x: Tf.Tensor2D,
): { xHat: Tf.Tensor2D; error: Tf.Scalar } {
  const ends = groupEnds(config);
  if (ends.length === 1) {
    const xHat: Tf.Tensor2D = tf.add(tf.matMul(f, W_dec), b_dec);
    return { xHat, error: squaredDistance(tf, xHat, x) };
  }
  let from = 0;
  let xHat: Tf.Tensor = b_dec;
  const errors = ends.map((end) => {
    const own = tf.slice(f, [0, from], [-1, end - from]);
    const rows = tf.slice(W_dec, [from, 0], [end - from, -1]);
    from = end;
    xHat = tf.add(xHat, tf.matMul(own, rows));
    return squaredDistance(tf, xHat, x);
  });
  const error: Tf.Scalar = tf.div(tf.addN(errors), ends.length);
  return { xHat: xHat as Tf.Tensor2D, error };
}

/** Eq. 6: ‖ê − e‖² with ê of the strongest dead latents, without b_dec. */
function auxiliaryError(
  tf: TfModule,
  config: TrainingConfig,
  z: Tf.Tensor2D,
  W_dec: Tf.Tensor2D,
  residual: Tf.Tensor2D,
  dead: Uint32Array,
): Tf.Scalar {
  const candidates: Tf.Tensor2D = tf.mul(
    tf.relu(z),
    maskOf(tf, dead, config.dSae),
  );
  const k = Math.min(config.auxK, dead.length);
  const f: Tf.Tensor2D = tf.mul(candidates, largestOfRows(tf, candidates, k));
  return squaredDistance(tf, tf.matMul(f, W_dec), residual);
}

function auxiliaryWeight(
  { deadCoefficient, auxK }: TrainingConfig,
  dead: number,
): number {
  return deadCoefficient * Math.min(1, dead / auxK);
}

/** Eq. 34: θ − z of dead latents, where they do not fire. */
function deadPull(
  tf: TfModule,
  config: TrainingConfig,
  z: Tf.Tensor2D,
  threshold: Tf.Tensor,
  dead: Uint32Array,
): Tf.Scalar {
  const silent = constant(tf, () =>
    tf.mul(
      tf.cast(tf.lessEqual(z, threshold), "float32"),
      maskOf(tf, dead, config.dSae),
    ),
  );
  return tf.sum(tf.mul(tf.sub(threshold, z), silent));
}

/** [n] 1 at the given positions. */
function maskOf(tf: TfModule, positions: Uint32Array, n: number): Tf.Tensor1D {
  const mask = new Float32Array(n);
  for (const i of positions) mask[i] = 1;
  return tf.tensor1d(mask);
}

/** ‖a − b‖² */
function squaredDistance(tf: TfModule, a: Tf.Tensor, b: Tf.Tensor): Tf.Scalar {
  return tf.sum(tf.square(tf.sub(a, b)));
}
