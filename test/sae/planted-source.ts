import { Rng } from "#lib/random";
import {
  architectureSettings,
  type ActivationSource,
  type TrainingConfig,
} from "#lib/sae/index";
import { plainConfig } from "./problem";

/**
 * Activations with a known answer: sparse sums of `features` unit directions
 * in `dIn` dimensions, `active` of them on average, plus a constant offset.
 * Sequence s is a pure function of (seed, s).
 */
export function plantedSource(options: {
  dIn: number;
  features: number;
  active: number;
  sequences: number;
  rows: number;
  seed: number;
}): ActivationSource & { directions: Float32Array } {
  const { dIn, features, active, sequences, rows, seed } = options;
  const directions = new Float32Array(features * dIn);
  const rng = Rng.of(seed, 0);
  for (let i = 0; i < features; i++) {
    let square = 0;
    for (let c = 0; c < dIn; c++) {
      const value = rng.normal();
      directions[i * dIn + c] = value;
      square += value * value;
    }
    for (let c = 0; c < dIn; c++) {
      directions[i * dIn + c]! /= Math.sqrt(square);
    }
  }
  return {
    dIn,
    sequences,
    directions,
    fingerprint: JSON.stringify(options),
    rowsOf: () => rows,
    read(wanted, out) {
      wanted.forEach((sequence, s) => {
        const own = Rng.of(seed, 1, sequence);
        for (let r = 0; r < rows; r++) {
          const at = (s * rows + r) * dIn;
          out.fill(2, at, at + dIn);
          for (let j = 0; j < active; j++) {
            const feature = own.below(features) * dIn;
            const strength = 1 + own.uniform();
            for (let c = 0; c < dIn; c++) {
              out[at + c]! += strength * directions[feature + c]!;
            }
          }
        }
      });
      return Promise.resolve();
    },
  };
}

/** A short run on such a source. */
export const SMALL_RUN = {
  source: {
    dIn: 16,
    features: 32,
    active: 2,
    sequences: 400,
    rows: 10,
    seed: 8,
  },
  dSae: 48,
  k: 3,
  batchSize: 64,
  bufferTokens: 640,
  epochs: 3,
} as const;

/** How that run is trained: every mechanism on, those for dead latents too. */
export function smallRunConfig(
  change: Partial<TrainingConfig> = {},
): TrainingConfig {
  const architecture = change.architecture ?? "topk";
  return plainConfig({
    architecture,
    dIn: SMALL_RUN.source.dIn,
    dSae: SMALL_RUN.dSae,
    batchSize: SMALL_RUN.batchSize,
    bufferTokens: SMALL_RUN.bufferTokens,
    epochs: SMALL_RUN.epochs,
    normalize: true,
    auxK: 8,
    deadAfterTokens: 256,
    resampleEverySteps: 20,
    lr: 3e-3,
    lrWarmupSteps: 5,
    lrDecayFraction: 0.2,
    ...architectureSettings(architecture, SMALL_RUN.k),
    ...change,
  });
}

/** What is written with the SAE. */
export const PLANTED_IDENTITY = {
  modelName: "planted",
  hookName: "blocks.0.hook_resid_pre",
  contextSize: 11,
  corpusName: "planted",
};
