import type { Rng } from "#lib/random";
import type { TrainingConfig } from "./config";
import { parametersOf, type Snapshot } from "./train-state";

/** A fresh latent's encoder, relative to the mean of the live ones. */
const ENCODER_SHARE = 0.2;
/** The same where a latent must pass a threshold before it learns at all. */
const ENCODER_SHARE_ABOVE_THRESHOLD = 1;

/**
 * Starts dead latents afresh (docs/method.md, Eq. 35; Bricken et al. 2023,
 * "neuron resampling"): each points at an input that is badly reconstructed,
 * drawn with a probability that grows with its squared error, and Adam
 * forgets what it knew of the old one.
 *
 * @param x [rows × dIn] the last batch, and `errors` [rows] its ‖x − x̂‖².
 * @returns how many latents were started afresh.
 */
export function resampleDeadLatents(
  config: TrainingConfig,
  state: Pick<Snapshot, "tensors" | "silentTokens">,
  x: Float32Array,
  errors: Float32Array,
  rng: Rng,
): number {
  const { dIn, dSae, deadAfterTokens } = config;
  const { tensors, silentTokens } = state;
  const W_enc = tensors.W_enc!;
  const W_dec = tensors.W_dec!;
  const dead: number[] = [];
  const threshold = tensors.threshold;
  let norms = 0;
  let thresholds = 0;
  for (let i = 0; i < dSae; i++) {
    if (silentTokens[i]! >= deadAfterTokens) dead.push(i);
    else {
      norms += Math.hypot(...W_enc.subarray(i * dIn, (i + 1) * dIn));
      thresholds += threshold?.[i] ?? 0;
    }
  }
  if (dead.length === 0) return 0;
  const live = dSae - dead.length;
  const share = threshold ? ENCODER_SHARE_ABOVE_THRESHOLD : ENCODER_SHARE;
  const length = share * (live > 0 ? norms / live : 1);

  const cumulative = new Float64Array(errors.length);
  let total = 0;
  errors.forEach((error, row) => {
    total += error * error;
    cumulative[row] = total;
  });
  const b_dec = tensors.b_dec!;
  const direction = new Float64Array(dIn);
  for (const i of dead) {
    const row = firstAbove(cumulative, rng.uniform() * total);
    for (let c = 0; c < dIn; c++) {
      direction[c] = x[row * dIn + c]! - b_dec[c]!;
    }
    const norm = Math.hypot(...direction) || 1;
    for (let c = 0; c < dIn; c++) {
      W_dec[i * dIn + c] = direction[c]! / norm;
      W_enc[i * dIn + c] = (length * direction[c]!) / norm;
    }
    for (const name of parametersOf(config)) {
      if (name === "b_dec") continue;
      const own = name.startsWith("W_") ? dIn : 1;
      if (own === 1) tensors[name]![i] = 0;
      for (const moment of ["m.", "v."]) {
        tensors[`${moment}${name}`]!.fill(0, i * own, (i + 1) * own);
      }
    }
    if (threshold && live > 0) threshold[i] = thresholds / live;
    silentTokens[i] = 0;
  }
  return dead.length;
}

/** The first position whose value is above `goal` in an ascending array. */
function firstAbove(ascending: Float64Array, goal: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! > goal) high = middle;
    else low = middle + 1;
  }
  return low;
}
