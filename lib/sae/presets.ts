import type { TrainingConfig } from "./config";

/** A named starting point: where to read, and how to train. */
export interface Preset {
  summary: string;
  modelName: string;
  hookName: string;
  training: Omit<TrainingConfig, "dIn">;
}

const common = {
  l1Coefficient: 0,
  l1WarmupSteps: 0,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  lrWarmupSteps: 50,
  lrDecayFraction: 0.2,
  batchSize: 4096,
  bufferTokens: 262_144,
  unitNormDecoder: true,
  bDecInit: "mean",
  normalize: true,
  auxCoefficient: 1 / 32,
  seed: 0,
} as const;

/** Presets by name; `npm run train -- --preset NAME` chooses one. */
export const PRESETS = {
  demo: {
    summary:
      "4,096 features of the shipped mini-gpt2 in a minute or two: TopK, k = 32",
    modelName: "mini-gpt2",
    hookName: "blocks.2.hook_resid_post",
    training: {
      ...common,
      architecture: "topk",
      dSae: 4096,
      k: 32,
      lr: 1e-3,
      epochs: 1,
      maxTokens: 2_002_944,
      auxK: 64,
      deadAfterTokens: 262_144,
    },
  },
  seed: {
    summary: "GPT-2 small, 768 → 1,024, TopK with k = 30, lr 1e-3, 20 epochs",
    modelName: "gpt2",
    hookName: "blocks.8.hook_resid_pre",
    training: {
      ...common,
      architecture: "topk",
      dSae: 1024,
      k: 30,
      lr: 1e-3,
      epochs: 20,
      maxTokens: null,
      auxK: 384,
      deadAfterTokens: 10_000_000,
    },
  },
  "relu-l1": {
    summary: "mini-gpt2, 4,096 latents, the classical ReLU + L1 objective",
    modelName: "mini-gpt2",
    hookName: "blocks.2.hook_resid_post",
    training: {
      ...common,
      architecture: "relu_l1",
      dSae: 4096,
      k: null,
      l1Coefficient: 1,
      l1WarmupSteps: 100,
      lr: 1e-3,
      epochs: 1,
      maxTokens: 2_097_152,
      auxCoefficient: 0,
      auxK: 0,
      deadAfterTokens: 262_144,
    },
  },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof PRESETS;
