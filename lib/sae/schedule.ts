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

function warmup(step: number, steps: number): number {
  return steps > 0 ? Math.min(1, (step + 1) / steps) : 1;
}

/** Most that one step changes the level of λ by: a factor of e^±0.02. */
const LEVEL_GAIN = 0.02;
/** How much stronger λ is, at once, where L0 is too large: (L0/target)². */
const PROPORTIONAL_POWER = 2;

/** Where λ stands, when an L0 is aimed at. */
export interface SparsityControl {
  /** What λ is at the target. */
  level: number;
  /** L0 of the last step; null before the first. */
  l0: number | null;
}

/**
 * λ of a step (docs/method.md, Eq. 36): a proportional–integral controller in
 * logarithms. The proportional part keeps thresholds, which follow λ slowly,
 * from swinging around the target.
 */
export function sparsityOf(
  config: Pick<TrainingConfig, "targetL0" | "sparsityWarmupSteps">,
  control: SparsityControl,
  step: number,
): number {
  const warm = warmup(step, config.sparsityWarmupSteps);
  if (config.targetL0 === null || control.l0 === null) {
    return control.level * warm;
  }
  const excess = clampedExcess(control.l0, config.targetL0);
  return control.level * warm * Math.exp(PROPORTIONAL_POWER * excess);
}

/**
 * The level after a step that measured `l0`: up while too many latents are
 * active, down while too few. Left alone during λ's warm-up, when L0 says
 * nothing about it.
 */
export function nextLevel(
  config: Pick<TrainingConfig, "targetL0" | "sparsityWarmupSteps">,
  level: number,
  l0: number,
  step: number,
): number {
  const { targetL0 } = config;
  if (targetL0 === null || step < config.sparsityWarmupSteps) return level;
  return level * Math.exp(LEVEL_GAIN * clampedExcess(l0, targetL0));
}

/** ln(L0/target) between −1 and 1. */
function clampedExcess(l0: number, target: number): number {
  return Math.max(-1, Math.min(1, Math.log(l0 / target)));
}
