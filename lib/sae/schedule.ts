import type { TrainingConfig } from "./config";

/**
 * The learning rate of step `step` (0, 1, …) of `steps`: linear warm-up to
 * `lr`, constant, linear decay to 0 over the last share (docs/method.md,
 * Eq. 8).
 */
export function learningRate(
  config: Pick<TrainingConfig, "lr" | "lrWarmupSteps" | "lrDecayFraction">,
  step: number,
  steps: number,
): number {
  const decaySteps = Math.floor(steps * config.lrDecayFraction);
  const left = steps - step;
  const decay = decaySteps > 0 ? Math.min(1, left / decaySteps) : 1;
  return config.lr * warmup(step, config.lrWarmupSteps) * decay;
}

/** What λ is multiplied by in step `step`: linear from 0 over its warm-up. */
export function sparsityWarmup(
  config: Pick<TrainingConfig, "sparsityWarmupSteps">,
  step: number,
): number {
  return warmup(step, config.sparsityWarmupSteps);
}

function warmup(step: number, steps: number): number {
  return steps > 0 ? Math.min(1, (step + 1) / steps) : 1;
}

/** Most that one step changes λ by: a factor of e^±0.03. */
const SPARSITY_GAIN = 0.03;

/**
 * λ after a step that measured `l0`, where an L0 is aimed at (docs/method.md,
 * Eq. 36): up while too many latents are active, down while too few. Left
 * alone during λ's warm-up, when L0 says nothing about λ.
 */
export function adjustSparsity(
  config: Pick<TrainingConfig, "targetL0" | "sparsityWarmupSteps">,
  sparsity: number,
  l0: number,
  step: number,
): number {
  const { targetL0 } = config;
  if (targetL0 === null || step < config.sparsityWarmupSteps) return sparsity;
  const excess = Math.max(-1, Math.min(1, Math.log(l0 / targetL0)));
  return sparsity * Math.exp(SPARSITY_GAIN * excess);
}
