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
    sparsityCoefficient: 0,
    sparsityWarmupSteps: 0,
    targetL0: null,
    initialL0: null,
    decoderNormL1: false,
    bandwidth: 0,
    thresholdLrScale: 1,
    matryoshkaFractions: null,
    gradClip: null,
    emaDecay: null,
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
    deadLatents: "none",
    deadCoefficient: 0,
    auxK: 0,
    deadAfterTokens: 1e12,
    resampleEverySteps: 1,
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

/** Puts parameters into a trainer, at its first step. */
export async function loadParams(
  trainer: SaeTrainer,
  params: Params,
): Promise<void> {
  const state = await trainer.snapshot();
  for (const [name, values] of Object.entries(params)) {
    state.tensors[name]!.set(values as Float64Array);
  }
  await trainer.restore(state);
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

/** ‖w[i]‖ of rows of d numbers. */
export function rowNorms(w: Float32Array, d: number): number[] {
  return Array.from({ length: w.length / d }, (_, i) =>
    Math.hypot(...w.subarray(i * d, (i + 1) * d)),
  );
}
