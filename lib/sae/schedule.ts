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
  const warm =
    config.lrWarmupSteps > 0
      ? Math.min(1, (step + 1) / config.lrWarmupSteps)
      : 1;
  const decaySteps = Math.floor(steps * config.lrDecayFraction);
  const left = steps - step;
  const decay = decaySteps > 0 ? Math.min(1, left / decaySteps) : 1;
  return config.lr * warm * decay;
}

/** λ of step `step`: linear from 0 over the warm-up, then constant. */
export function l1Coefficient(
  config: Pick<TrainingConfig, "l1Coefficient" | "l1WarmupSteps">,
  step: number,
): number {
  if (config.l1WarmupSteps === 0) return config.l1Coefficient;
  return config.l1Coefficient * Math.min(1, (step + 1) / config.l1WarmupSteps);
}
