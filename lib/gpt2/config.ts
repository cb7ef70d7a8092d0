import { z } from "zod";
import { AppError } from "#lib/errors";

/** The shape of a GPT-2. */
export interface Gpt2Config {
  nLayers: number;
  nHeads: number;
  dModel: number;
  dMlp: number;
  /** Longest sequence, BOS included. */
  nCtx: number;
  dVocab: number;
  layerNormEps: number;
  bosTokenId: number;
}

const positive = z.number().int().positive();

const huggingFaceSchema = z.looseObject({
  n_layer: positive,
  n_head: positive,
  n_embd: positive,
  n_inner: positive.nullish(),
  n_positions: positive.optional(),
  n_ctx: positive.optional(),
  vocab_size: positive,
  layer_norm_epsilon: z.number().positive().default(1e-5),
  activation_function: z.string().default("gelu_new"),
  bos_token_id: z.number().int().min(0).default(50_256),
  tie_word_embeddings: z.literal(true).default(true),
  scale_attn_weights: z.literal(true).default(true),
  scale_attn_by_inverse_layer_idx: z.literal(false).default(false),
});

/** Names of the tanh approximation of GELU. */
const TANH_GELU = ["gelu_new", "gelu_pytorch_tanh"];

/**
 * Reads a Hugging Face config.json.
 *
 * @throws AppError when it is not a GPT-2's, or one that would be computed
 *   wrongly here.
 */
export function parseGpt2Config(json: unknown, source: string): Gpt2Config {
  const type = (json as { model_type?: unknown } | null)?.model_type;
  if (type !== "gpt2") {
    throw new AppError(
      "invalid",
      `${source} describes a model of type ${JSON.stringify(type ?? null)}; only GPT-2 architectures ("gpt2") are supported.`,
    );
  }
  const parsed = huggingFaceSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new AppError(
      "invalid",
      `${source}: ${issue.path.join(".")}: ${issue.message}.`,
    );
  }
  const c = parsed.data;
  const nCtx = c.n_positions ?? c.n_ctx;
  if (nCtx === undefined) {
    throw new AppError("invalid", `${source} has no n_positions.`);
  }
  if (!TANH_GELU.includes(c.activation_function)) {
    throw new AppError(
      "invalid",
      `${source} has activation function "${c.activation_function}"; ${TANH_GELU.join(" and ")} are supported.`,
    );
  }
  if (c.n_embd % c.n_head !== 0) {
    throw new AppError(
      "invalid",
      `${source}: n_embd ${c.n_embd} is not a multiple of n_head ${c.n_head}.`,
    );
  }
  return {
    nLayers: c.n_layer,
    nHeads: c.n_head,
    dModel: c.n_embd,
    dMlp: c.n_inner ?? 4 * c.n_embd,
    nCtx,
    dVocab: c.vocab_size,
    layerNormEps: c.layer_norm_epsilon,
    bosTokenId: c.bos_token_id,
  };
}
