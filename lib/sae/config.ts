import { z } from "zod";
import { AppError } from "#lib/errors";

/** The architectures this version trains and runs, by their training names. */
export const ARCHITECTURES = ["topk", "relu_l1"] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** SAELens' names for the same on disk. Anything else is refused, never guessed. */
const ON_DISK = { topk: "topk", relu_l1: "standard" } as const;

/** What an SAE is and what it reads; everything needed to run it. */
export interface SaeConfig {
  architecture: Architecture;
  dIn: number;
  dSae: number;
  /** Active latents per token; null where the architecture does not fix it. */
  k: number | null;
  modelName: string;
  /** Hook point as TransformerLens spells it, e.g. blocks.8.hook_resid_pre. */
  hookName: string;
  contextSize: number;
  /** What it was trained on, by name. */
  corpusName: string;
}

/** How an SAE is trained. All rates are per token or per step as named. */
export interface TrainingConfig {
  architecture: Architecture;
  dIn: number;
  dSae: number;
  k: number | null;
  /** λ of Eq. 2; 0 for top-k. */
  l1Coefficient: number;
  /** Steps over which λ grows linearly from 0. */
  l1WarmupSteps: number;
  lr: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  /** Steps over which the learning rate grows linearly from 0. */
  lrWarmupSteps: number;
  /** The last share of all steps, over which it falls linearly to 0. */
  lrDecayFraction: number;
  /** Tokens per step. */
  batchSize: number;
  /** Tokens that the shuffle window holds (Eq. 9). */
  bufferTokens: number;
  epochs: number;
  /** Stop after this many tokens, if the epochs have more; null: no limit. */
  maxTokens: number | null;
  /** Keep decoder rows at unit norm (off only to compare with references). */
  unitNormDecoder: boolean;
  bDecInit: "mean" | "geometric_median" | "zero";
  /** Scale inputs so that the mean of ‖x − mean(x)‖ is √dIn. */
  normalize: boolean;
  /** α of the auxiliary loss (Eq. 6); 0 switches it off. */
  auxCoefficient: number;
  /** Dead latents that take part in it, per token. */
  auxK: number;
  /** A latent is dead once it has been silent for this many tokens. */
  deadAfterTokens: number;
  seed: number;
}

const positive = z.number().int().positive();

const saeLensSchema = z.looseObject({
  architecture: z.string(),
  d_in: positive,
  d_sae: positive,
  dtype: z.string().default("float32"),
  k: positive.optional(),
  apply_b_dec_to_input: z.boolean(),
  normalize_activations: z.string().default("none"),
  metadata: z.looseObject({
    model_name: z.string(),
    hook_name: z.string(),
    context_size: positive.nullish(),
    dataset_path: z.string().nullish(),
  }),
});

/**
 * Reads SAELens' cfg.json (format of version 6).
 *
 * @throws AppError when the file is not one, or asks for something this
 *   version would compute wrongly (another architecture, a normalisation).
 */
export function parseSaeConfig(json: unknown, source: string): SaeConfig {
  const parsed = saeLensSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new AppError(
      "invalid",
      `${source} is not an SAE configuration: ${issue.path.join(".") || "it"}: ${issue.message}.`,
    );
  }
  const cfg = parsed.data;
  const architecture = ARCHITECTURES.find(
    (name) => ON_DISK[name] === cfg.architecture,
  );
  if (architecture === undefined) {
    throw new AppError(
      "invalid",
      `${source} has architecture "${cfg.architecture}"; this version runs ${ARCHITECTURES.map((a) => ON_DISK[a]).join(" and ")}.`,
    );
  }
  if (cfg.normalize_activations !== "none" || !cfg.apply_b_dec_to_input) {
    throw new AppError(
      "invalid",
      `${source} asks for normalize_activations "${cfg.normalize_activations}" and apply_b_dec_to_input ${cfg.apply_b_dec_to_input}; fold them into the weights first ("none" and true are supported).`,
    );
  }
  if (architecture === "topk" && cfg.k === undefined) {
    throw new AppError("invalid", `${source} is a top-k SAE without k.`);
  }
  return {
    architecture,
    dIn: cfg.d_in,
    dSae: cfg.d_sae,
    k: architecture === "topk" ? cfg.k! : null,
    modelName: cfg.metadata.model_name,
    hookName: cfg.metadata.hook_name,
    contextSize: cfg.metadata.context_size ?? 128,
    corpusName: cfg.metadata.dataset_path ?? "unknown",
  };
}

/** The inverse of `parseSaeConfig`: what is written as cfg.json. */
export function formatSaeConfig(config: SaeConfig): Record<string, unknown> {
  return {
    architecture: ON_DISK[config.architecture],
    d_in: config.dIn,
    d_sae: config.dSae,
    ...(config.k === null
      ? {}
      : { k: config.k, rescale_acts_by_decoder_norm: false }),
    dtype: "float32",
    device: "cpu",
    apply_b_dec_to_input: true,
    normalize_activations: "none",
    reshape_activations: "none",
    metadata: {
      model_name: config.modelName,
      model_class_name: "HookedTransformer",
      // The raw residual stream of the Hugging Face weights.
      model_from_pretrained_kwargs: { center_writing_weights: false },
      hook_name: config.hookName,
      hook_head_index: null,
      context_size: config.contextSize,
      prepend_bos: true,
      exclude_special_tokens: true,
      dataset_path: config.corpusName,
    },
  };
}

/**
 * Refuses a training configuration that cannot work, before anything runs.
 *
 * @throws AppError with one sentence.
 */
export function checkTrainingConfig(config: TrainingConfig): void {
  const fail = (message: string): never => {
    throw new AppError("invalid", message);
  };
  const wholes = {
    "the dictionary size": config.dSae,
    "the batch size": config.batchSize,
    "the number of epochs": config.epochs,
    "the shuffle window": config.bufferTokens,
  };
  for (const [name, value] of Object.entries(wholes)) {
    if (!Number.isInteger(value) || value < 1) {
      fail(`${name} must be a whole number of at least 1, not ${value}.`);
    }
  }
  if (config.architecture === "topk") {
    const k = config.k ?? fail("a top-k SAE needs k.");
    if (!Number.isInteger(k) || k < 1) {
      fail(`k must be a whole number of at least 1, not ${k}.`);
    }
    if (k > config.dSae) {
      fail(
        `k = ${k} is more than the ${config.dSae} latents there are: choose k ≤ ${config.dSae}.`,
      );
    }
  } else if (!(config.l1Coefficient > 0)) {
    fail(
      `the L1 coefficient must be above 0, not ${config.l1Coefficient}: without it a ReLU SAE is not sparse.`,
    );
  }
  if (!(config.lr > 0) || !Number.isFinite(config.lr)) {
    fail(`the learning rate must be above 0, not ${config.lr}.`);
  }
  if (config.bufferTokens < config.batchSize) {
    fail(
      `the shuffle window (${config.bufferTokens} tokens) is smaller than a batch (${config.batchSize}).`,
    );
  }
  if (!(config.lrDecayFraction >= 0 && config.lrDecayFraction <= 1)) {
    fail(`the decay share must be between 0 and 1.`);
  }
}
