import { Rng } from "#lib/random";
import {
  geometricMedian,
  meanOf,
  normalisingScale,
  randomUnitRows,
  thresholdForL0,
} from "./initialise";
import type { SaeTrainer } from "./trainer";

/** Rows from which scale and centre are estimated. */
const STATISTICS_ROWS = 32_768;
/** Purpose of a random stream of the run (`Rng.of(seed, purpose, …)`). */
const DECODER_INIT = 3;
/** Norm of a decoder row that is free to change (SAELens, Anthropic). */
const FREE_DECODER_NORM = 0.1;

/**
 * Decoder rows uniform on the sphere, the encoder its transpose, b_dec at the
 * data's centre, biases or thresholds that give the initial L0 (docs/method.md,
 * §1). Returns the inputs' scale.
 */
export async function startTraining(
  trainer: SaeTrainer,
  buffer: Float32Array,
  order: Uint32Array,
): Promise<number> {
  const { config } = trainer;
  const { dIn, dSae } = config;
  const rows = Math.min(STATISTICS_ROWS, order.length);
  const sample = new Float32Array(rows * dIn);
  for (let r = 0; r < rows; r++) {
    const from = order[r]! * dIn;
    sample.set(buffer.subarray(from, from + dIn), r * dIn);
  }
  const scale = config.normalize ? normalisingScale(sample, rows, dIn) : 1;
  const state = await trainer.snapshot();
  const { W_enc, W_dec, b_enc, b_dec, threshold } = state.tensors;
  const centre =
    config.bDecInit === "zero"
      ? new Float64Array(dIn)
      : config.bDecInit === "mean"
        ? meanOf(sample, rows, dIn)
        : geometricMedian(sample, rows, dIn);
  b_dec!.set(centre.map((c) => c * scale));
  randomUnitRows(W_dec!, dSae, dIn, Rng.of(config.seed, DECODER_INIT));
  if (!config.unitNormDecoder) {
    for (let i = 0; i < W_dec!.length; i++) W_dec![i]! *= FREE_DECODER_NORM;
  }
  W_enc!.set(W_dec!);
  if (config.initialL0 !== null) {
    const norm = config.unitNormDecoder ? 1 : FREE_DECODER_NORM;
    const level =
      norm *
      scale *
      thresholdForL0(sample, rows, centre, config.initialL0 / dSae);
    if (threshold !== undefined) threshold.fill(Math.max(0, level));
    else b_enc!.fill(-level);
    // The magnitudes of a gated SAE start as its gate's.
    state.tensors.b_mag?.fill(-level);
  }
  await trainer.restore(state);
  return scale;
}
