import { FINAL_HOOK } from "#lib/gpt2/index";
import type { Lens } from "./engine";

/** What a feature does to the prediction, later layers included (Eq. 44). */
export interface MeasuredEffect {
  feature: number;
  /** Logit with the feature less that without it. */
  logit: number;
  /** The target's log-probability with the feature less that without it. */
  logProbability: number;
}

interface Measurement {
  /** The residual stream at the hook up to the token, [rows × dIn]. */
  residual: Float32Array;
  /** ln_final.hook_normalized of the token, [dIn]. */
  final: Float32Array;
  /** See `logitDirection`. */
  direction: Float64Array;
  target: number;
  features: readonly { feature: number; activation: number }[];
}

/**
 * Runs the model on from the hook once for each feature, with f_i W_dec[i]
 * taken off the last row's residual stream and all else left as it is.
 */
export async function measureEffects(
  { model, sae }: Pick<Lens, "model" | "sae">,
  { residual, final, direction, target, features }: Measurement,
): Promise<MeasuredEffect[]> {
  const count = features.length;
  if (count === 0) return [];
  const { dIn, hookName } = sae.config;
  const size = residual.length;
  const without = new Float32Array(count * size);
  features.forEach(({ feature, activation }, n) => {
    without.set(residual, n * size);
    const last = (n + 1) * size - dIn;
    for (let c = 0; c < dIn; c++) {
      without[last + c]! -= activation * sae.W_dec[feature * dIn + c]!;
    }
  });
  const finals = await model.residualFrom(
    without,
    count,
    size / dIn,
    hookName,
    FINAL_HOOK,
  );
  const reference = new Float32Array(count * dIn);
  const altered = new Float32Array(count * dIn);
  for (let n = 0; n < count; n++) {
    reference.set(final, n * dIn);
    altered.set(finals.subarray((n + 1) * size - dIn, (n + 1) * size), n * dIn);
  }
  const { ceReference, ceAltered } = await model.compareRows(
    reference,
    altered,
    new Int32Array(count).fill(target),
    1,
  );
  return features.map(({ feature }, n) => {
    let logit = 0;
    for (let c = 0; c < dIn; c++) {
      logit += direction[c]! * (final[c]! - altered[n * dIn + c]!);
    }
    return { feature, logit, logProbability: ceAltered[n]! - ceReference[n]! };
  });
}
