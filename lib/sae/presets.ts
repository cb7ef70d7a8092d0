import { hasK, type Architecture, type TrainingConfig } from "./config";

/** Settings that go with an architecture rather than with a model or a size. */
export type ArchitectureSettings = Pick<
  TrainingConfig,
  | "k"
  | "sparsityCoefficient"
  | "sparsityWarmupSteps"
  | "targetL0"
  | "initialL0"
  | "decoderNormL1"
  | "bandwidth"
  | "thresholdLrScale"
  | "matryoshkaFractions"
  | "unitNormDecoder"
  | "deadLatents"
  | "deadCoefficient"
>;

/**
 * How an architecture is trained unless told otherwise, at about `l0` active
 * latents per token: the top-k family by its k, the others by adjusting λ.
 */
export function architectureSettings(
  architecture: Architecture,
  l0: number,
): ArchitectureSettings {
  const settings: ArchitectureSettings = {
    k: null,
    sparsityCoefficient: 0,
    sparsityWarmupSteps: 0,
    targetL0: null,
    initialL0: null,
    decoderNormL1: false,
    bandwidth: 0,
    thresholdLrScale: 1,
    matryoshkaFractions: null,
    unitNormDecoder: true,
    deadLatents: "aux_k",
    deadCoefficient: 1 / 32,
  };
  if (hasK(architecture)) {
    const matryoshkaFractions =
      architecture === "matryoshka_batch_topk"
        ? [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1]
        : null;
    return { ...settings, k: l0, matryoshkaFractions };
  }
  const aimed = {
    ...settings,
    targetL0: l0,
    initialL0: 4 * l0,
    sparsityWarmupSteps: 50,
  };
  switch (architecture) {
    case "jumprelu":
      return {
        ...aimed,
        sparsityCoefficient: 0.1,
        bandwidth: 0.5,
        thresholdLrScale: 10,
        deadLatents: "pre_activation",
        deadCoefficient: 1e-2,
      };
    case "gated":
    case "relu_l1":
      return { ...aimed, sparsityCoefficient: 0.5, deadLatents: "resample" };
    case "topk":
    case "batch_topk":
    case "matryoshka_batch_topk":
      return settings;
  }
}

/** A named starting point: where to read, and how to train. */
export interface Preset {
  summary: string;
  modelName: string;
  hookName: string;
  architecture: Architecture;
  /** Active latents per token: k, or what λ is adjusted to. */
  l0: number;
  /** About this many tokens of the text are used, spread over it; null: all. */
  textTokens: number | null;
  training: Omit<
    TrainingConfig,
    "architecture" | "dIn" | keyof ArchitectureSettings
  >;
}

const common = {
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  lrWarmupSteps: 50,
  lrDecayFraction: 0.2,
  gradClip: null,
  emaDecay: null,
  batchSize: 4096,
  bufferTokens: 262_144,
  bDecInit: "mean",
  normalize: true,
  resampleEverySteps: 100,
  seed: 0,
} as const;

// Few tokens: small batches make many steps of them, and epochs from the
// cache cost less than new ones.
const mini = {
  ...common,
  dSae: 4096,
  lr: 3e-3,
  batchSize: 2048,
  epochs: 4,
  maxTokens: 2_002_944,
  auxK: 64,
  deadAfterTokens: 65_536,
} as const;

/** Presets by name; `npm run train -- --preset NAME` chooses one. */
export const PRESETS = {
  demo: {
    summary:
      "4,096 features of the shipped mini-gpt2 in a minute or two: TopK, k = 32",
    modelName: "mini-gpt2",
    hookName: "blocks.2.hook_resid_post",
    architecture: "topk",
    l0: 32,
    textTokens: 524_288,
    training: mini,
  },
  seed: {
    summary: "GPT-2 small, 768 → 1,024, TopK with k = 30, lr 1e-3, 20 epochs",
    modelName: "gpt2",
    hookName: "blocks.8.hook_resid_pre",
    architecture: "topk",
    l0: 30,
    textTokens: null,
    training: {
      ...common,
      dSae: 1024,
      lr: 1e-3,
      epochs: 20,
      maxTokens: null,
      auxK: 384,
      deadAfterTokens: 10_000_000,
    },
  },
  "gpt2-32x": {
    summary:
      "GPT-2 small, 768 → 24,576, BatchTopK at L0 = 32: a dictionary of the usual size",
    modelName: "gpt2",
    hookName: "blocks.8.hook_resid_pre",
    architecture: "batch_topk",
    l0: 32,
    textTokens: null,
    training: {
      ...common,
      dSae: 24_576,
      lr: 3e-4,
      lrWarmupSteps: 1000,
      epochs: 1,
      maxTokens: null,
      auxK: 384,
      deadAfterTokens: 10_000_000,
    },
  },
  "relu-l1": {
    summary:
      "mini-gpt2, 4,096 latents, the classical ReLU + L1 objective at L0 = 32",
    modelName: "mini-gpt2",
    hookName: "blocks.2.hook_resid_post",
    architecture: "relu_l1",
    l0: 32,
    textTokens: 524_288,
    training: mini,
  },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof PRESETS;

/** A preset's configuration, less the width of what it reads. */
export function presetTraining(
  preset: Preset,
  architecture: Architecture = preset.architecture,
  l0 = preset.l0,
): Omit<TrainingConfig, "dIn"> {
  return {
    ...preset.training,
    architecture,
    ...architectureSettings(architecture, l0),
  };
}
