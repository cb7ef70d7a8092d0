import { z } from "zod";
import { AppError } from "#lib/errors";
import {
  ARCHITECTURES,
  hasK,
  type Architecture,
  type SaeConfig,
} from "./config";

/**
 * SAELens' names of what runs: a batch_topk or Matryoshka SAE is, once its
 * threshold is learned, a JumpReLU SAE with the same threshold everywhere.
 * Anything else is refused, never guessed.
 */
const ON_DISK = {
  topk: "topk",
  batch_topk: "jumprelu",
  matryoshka_batch_topk: "jumprelu",
  jumprelu: "jumprelu",
  gated: "gated",
  relu_l1: "standard",
} as const satisfies Record<Architecture, string>;

const positive = z.number().int().positive();

const schema = z.looseObject({
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
    training_architecture: z.string().nullish(),
    training_k: positive.nullish(),
  }),
});

/**
 * Reads SAELens' cfg.json (format of version 6).
 *
 * @throws AppError when the file is not one, or asks for something this
 *   version would compute wrongly (another architecture, a normalisation).
 */
export function parseSaeConfig(json: unknown, source: string): SaeConfig {
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new AppError(
      "invalid",
      `${source} is not an SAE configuration: ${issue.path.join(".") || "it"}: ${issue.message}.`,
    );
  }
  const cfg = parsed.data;
  const architecture = architectureOf(
    cfg.architecture,
    cfg.metadata.training_architecture ?? null,
    source,
  );
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
    k: hasK(architecture) ? (cfg.k ?? cfg.metadata.training_k ?? null) : null,
    modelName: cfg.metadata.model_name,
    hookName: cfg.metadata.hook_name,
    contextSize: cfg.metadata.context_size ?? 128,
    corpusName: cfg.metadata.dataset_path ?? "unknown",
  };
}

/** What runs decides; how it was trained only tells batch_topk from jumprelu. */
function architectureOf(
  onDisk: string,
  trainedAs: string | null,
  source: string,
): Architecture {
  const matching = ARCHITECTURES.filter((name) => ON_DISK[name] === onDisk);
  const architecture =
    matching.find((name) => name === (trainedAs ?? onDisk)) ??
    (trainedAs === null ? matching[0] : undefined);
  if (architecture !== undefined) return architecture;
  throw new AppError(
    "invalid",
    matching.length === 0
      ? `${source} has architecture "${onDisk}"; this version runs ${[...new Set(Object.values(ON_DISK))].join(", ")}.`
      : `${source} has architecture "${onDisk}" but says that it was trained as "${trainedAs}".`,
  );
}

/** The inverse of `parseSaeConfig`: what is written as cfg.json. */
export function formatSaeConfig(config: SaeConfig): Record<string, unknown> {
  const { architecture, k } = config;
  const onDisk = ON_DISK[architecture];
  return {
    architecture: onDisk,
    d_in: config.dIn,
    d_sae: config.dSae,
    ...(onDisk === "topk" ? { k, rescale_acts_by_decoder_norm: false } : {}),
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
      training_architecture: architecture,
      ...(onDisk === "jumprelu" && k !== null ? { training_k: k } : {}),
    },
  };
}
