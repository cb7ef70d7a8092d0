import type { FloatBlock } from "#lib/compute/index";
import type { Rng } from "#lib/random";
import type { TrainingConfig } from "#lib/sae/config";
import type { SaeTrainer } from "#lib/sae/trainer";
import type { Params } from "#test/reference/sae";

/** A configuration whose every special effect is off. */
export function plainConfig(
  change: Partial<TrainingConfig> &
    Pick<TrainingConfig, "architecture" | "dIn" | "dSae" | "k" | "batchSize">,
): TrainingConfig {
  return {
    l1Coefficient: 0,
    l1WarmupSteps: 0,
    lr: 1e-3,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    lrWarmupSteps: 0,
    lrDecayFraction: 0,
    bufferTokens: change.batchSize,
    epochs: 1,
    maxTokens: null,
    unitNormDecoder: false,
    bDecInit: "mean",
    normalize: false,
    auxCoefficient: 0,
    auxK: 0,
    deadAfterTokens: 1e12,
    seed: 0,
    ...change,
  };
}

export function randomNormal(rng: Rng, length: number, scale = 1) {
  // Rounded to float32, so that both sides start from the same numbers.
  return Float64Array.from({ length }, () => Math.fround(scale * rng.normal()));
}

export function randomParams(rng: Rng, dIn: number, dSae: number): Params {
  const s = 1 / Math.sqrt(dIn);
  return {
    W_enc: randomNormal(rng, dSae * dIn, s),
    W_dec: randomNormal(rng, dSae * dIn, s),
    b_enc: randomNormal(rng, dSae, 0.1),
    b_dec: randomNormal(rng, dIn, 0.1),
  };
}

export function loadParams(trainer: SaeTrainer, params: Params): void {
  for (const name of ["W_enc", "W_dec", "b_enc", "b_dec"] as const) {
    trainer.state.view(name).set(params[name]);
  }
}

/** Cuts `SaeTrainer.step`'s concatenated gradients into tensors. */
export function splitGradients(
  block: FloatBlock,
  dIn: number,
  dSae: number,
): Record<keyof Params, Float32Array> {
  const n = dSae * dIn;
  return {
    W_enc: block.view.subarray(0, n),
    W_dec: block.view.subarray(n, 2 * n),
    b_enc: block.view.subarray(2 * n, 2 * n + dSae),
    b_dec: block.view.subarray(2 * n + dSae),
  };
}

/** [rows × cols] → [cols × rows] */
export function transposed(
  values: ArrayLike<number>,
  rows: number,
  cols: number,
) {
  return Float64Array.from(
    { length: rows * cols },
    (_, i) => values[(i % rows) * cols + Math.floor(i / rows)]!,
  );
}
