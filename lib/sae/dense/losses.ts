import type * as Tf from "@tensorflow/tfjs";
import type { TfModule } from "#lib/compute/index";
import type { LatentParameterName } from "#lib/sae/architectures/architecture";
import type { Architecture, TrainingConfig } from "#lib/sae/config";
import { constant, largestOfAll, largestOfRows } from "./selection";

/** Below any squared norm that matters; its root has a finite gradient. */
const TINY = 1e-30;

/** A batch on its way through the encoder, as an architecture sees it. */
export interface DenseStep {
  tf: TfModule;
  config: TrainingConfig;
  /** λ of this step. */
  sparsity: number;
  /** [rows × dSae] (x − b_dec) W_encᵀ, and z, which is that plus b_enc. */
  product: Tf.Tensor2D;
  z: Tf.Tensor2D;
  /** [dSae × dIn] */
  W_dec: Tf.Tensor2D;
  /** [dSae] each; those that the architecture has. */
  latents: Record<LatentParameterName, Tf.Tensor1D>;
  /** Mean over tokens of ‖x̂ − x‖² for another code, decoder held constant. */
  frozenError(code: Tf.Tensor2D): Tf.Scalar;
}

/** What an architecture makes of it; its gradients are left to autodiff. */
export interface DenseCode {
  /** f, [rows × dSae]. */
  f: Tf.Tensor2D;
  /** The loss besides the reconstruction's; null: none. */
  penalty: Tf.Scalar | null;
}

/** Every architecture's loss as docs/method.md has it, dense and plain. */
export const LOSSES: Record<Architecture, (step: DenseStep) => DenseCode> = {
  topk,
  batch_topk: batchTopk,
  matryoshka_batch_topk: batchTopk,
  jumprelu,
  gated,
  relu_l1: reluL1,
};

/** Eq. 3: f = ReLU(TopK_k(z)). */
function topk({ tf, config, z }: DenseStep): DenseCode {
  const mask = largestOfRows(tf, z, config.k!);
  return { f: tf.mul(tf.relu(z), mask), penalty: null };
}

/** Eq. 26: the k·B largest of the batch. */
function batchTopk({ tf, config, z }: DenseStep): DenseCode {
  const mask = largestOfAll(tf, z, config.k! * config.batchSize);
  return { f: tf.mul(tf.relu(z), mask), penalty: null };
}

/** Eq. 2, or Eq. 25 with the decoder's norms. */
function reluL1({ tf, config, sparsity, z, W_dec }: DenseStep): DenseCode {
  const f = tf.relu(z);
  let weighted: Tf.Tensor = f;
  if (config.decoderNormL1) {
    const squares = tf.sum(tf.square(W_dec), 1);
    weighted = tf.mul(f, tf.sqrt(tf.maximum(squares, TINY)));
  }
  return { f, penalty: perToken(tf, tf.sum(weighted), config, sparsity) };
}

/**
 * Eq. 28–29: both f = z·H(z − θ) and λ‖f‖₀ jump at θ, so their gradients are
 * straight-through estimates with a rectangle of width ε around it.
 */
function jumprelu(step: DenseStep): DenseCode {
  const { tf, config, sparsity, z, latents } = step;
  const { bandwidth } = config;
  const isActive = (z: Tf.Tensor, theta: Tf.Tensor) =>
    tf.cast(tf.greater(z, theta), "float32");
  const kernel = (z: Tf.Tensor, theta: Tf.Tensor) =>
    tf.div(
      tf.cast(tf.less(tf.abs(tf.sub(z, theta)), bandwidth / 2), "float32"),
      bandwidth,
    );

  const jump = tf.customGrad((...args) => {
    const [z, theta, save] = args as unknown as SavingArguments;
    save([z, theta]);
    return {
      value: tf.mul(z, isActive(z, theta)),
      gradFunc(df: Tf.Tensor, saved: Tf.Tensor[]) {
        const [z, theta] = saved as [Tf.Tensor, Tf.Tensor];
        const dTheta = tf.mul(tf.sum(tf.mul(df, kernel(z, theta)), 0), theta);
        return [tf.mul(df, isActive(z, theta)), tf.neg(dTheta)];
      },
    };
  });
  const count = tf.customGrad((...args) => {
    const [z, theta, save] = args as unknown as SavingArguments;
    save([z, theta]);
    return {
      value: tf.sum(isActive(z, theta)),
      gradFunc(d: Tf.Tensor, saved: Tf.Tensor[]) {
        const [z, theta] = saved as [Tf.Tensor, Tf.Tensor];
        const dz = tf.mul(kernel(z, theta), d);
        return [dz, tf.neg(tf.sum(dz, 0))];
      },
    };
  });
  return {
    f: jump(z, latents.threshold) as Tf.Tensor2D,
    penalty: perToken(tf, count(z, latents.threshold), config, sparsity),
  };
}

type SavingArguments = [Tf.Tensor, Tf.Tensor, (kept: Tf.Tensor[]) => void];

/**
 * Eq. 30–31: the gate says whether, e^r (W_enc(x − b_dec)) + b_mag how much;
 * the gate is sparse, and learns through a decoder that is held constant.
 */
function gated(step: DenseStep): DenseCode {
  const { tf, config, sparsity, product, z, latents } = step;
  const gate = tf.relu(z);
  const scaled = tf.mul(product, tf.exp(latents.r_mag));
  const magnitude = tf.relu(tf.add(scaled, latents.b_mag));
  // The jump has no gradient: through f the gate gets none.
  const open = constant(tf, () => tf.step(z));
  const f = tf.mul(magnitude, open) as Tf.Tensor2D;
  const l1 = perToken(tf, tf.sum(gate), config, sparsity);
  return { f, penalty: tf.add(l1, step.frozenError(gate)) };
}

/** λ/B times a sum over the batch. */
function perToken(
  tf: TfModule,
  total: Tf.Tensor,
  { batchSize }: TrainingConfig,
  sparsity: number,
): Tf.Scalar {
  return tf.mul(total, sparsity / batchSize);
}
