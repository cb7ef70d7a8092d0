import { hasK, type TrainingConfig } from "./config";
import { foldDecoderNorms, foldScale } from "./fold";
import type { SaeWeights } from "./sae";
import { parametersOf, type StateNumbers } from "./train-state";

/**
 * The weights that are saved: averaged if asked for, with decoder rows of unit
 * norm, the learned threshold, and the input's scale folded in.
 */
export function finishedWeights(
  config: TrainingConfig,
  tensors: Record<string, Float32Array>,
  run: { step: number; numbers: StateNumbers },
  scale: number,
): SaeWeights {
  const trained = averaged(config, tensors, run.step);
  const weights = { ...trained } as Omit<SaeWeights, "threshold"> & {
    threshold?: Float32Array;
  };
  if (
    config.architecture === "batch_topk" ||
    config.architecture === "matryoshka_batch_topk"
  ) {
    const { thresholdSum, thresholdWeight } = run.numbers;
    const threshold = thresholdWeight > 0 ? thresholdSum / thresholdWeight : 0;
    weights.threshold = new Float32Array(config.dSae).fill(threshold);
  }
  // A unit-norm decoder that was averaged is not of unit norm any more.
  const folds = !hasK(config.architecture) || config.emaDecay !== null;
  return foldScale(
    folds ? foldDecoderNorms(weights, config.dIn) : weights,
    scale,
  );
}

/** The parameters, or their average corrected for having started at 0. */
function averaged(
  config: TrainingConfig,
  tensors: Record<string, Float32Array>,
  steps: number,
): Record<string, Float32Array> {
  const { emaDecay } = config;
  return Object.fromEntries(
    parametersOf(config).map((name) => {
      if (emaDecay === null) return [name, tensors[name]!];
      const weight = 1 - emaDecay ** steps;
      return [name, tensors[`ema.${name}`]!.map((v) => v / weight)];
    }),
  );
}
