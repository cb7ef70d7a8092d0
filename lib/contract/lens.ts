import { z } from "zod";
import { tokenSchema } from "./common";

/** The text lens: a text, token by token, as an SAE sees it. */
export const LENS_MAX_TOKENS = 2_000;
export const LENS_MAX_CHARS = 20_000;
/** Features reported of one token, the strongest ones. */
export const LENS_PER_TOKEN = 256;

export const lensTextSchema = z
  .string()
  .min(1, "The text is empty.")
  .max(
    LENS_MAX_CHARS,
    `The text is longer than ${LENS_MAX_CHARS.toLocaleString("en")} characters.`,
  );

/** Columns cross as base64 of little-endian uint32 or float32. */
const uint32Column = z.string();
const float32Column = z.string();

export const lensRequestSchema = z.strictObject({ text: lensTextSchema });

export const lensResponseSchema = z.object({
  /** The text's tokens; BOS, which is never shown or scored, is not among them. */
  tokens: z.array(tokenSchema),
  /** Tokens of a context, BOS included. */
  contextSize: z.number(),
  /**
   * How the text was cut: each window reads the tokens from `start` on, and
   * answers for `from` … `to` − 1.
   */
  windows: z.array(
    z.object({ start: z.number(), from: z.number(), to: z.number() }),
  ),
  /**
   * Token t's features are entries rowPtr[t] … rowPtr[t + 1] − 1, strongest
   * first.
   */
  code: z.object({
    rowPtr: uint32Column,
    features: uint32Column,
    values: float32Column,
  }),
  /** Active features of each token, whether all are in `code` or not. */
  l0: uint32Column,
  /** Share of each token's distance from the mean that is left (Eq. 42). */
  error: float32Column,
  /** The same of the whole text. */
  unexplained: z.number(),
  /** Features of the whole text, one row each. */
  features: z.object({
    feature: uint32Column,
    maxValue: float32Column,
    maxToken: uint32Column,
    sum: float32Column,
    tokensFired: uint32Column,
    /** Share of the indexed tokens it fires on. */
    density: float32Column,
  }),
  milliseconds: z.number(),
});
export type LensResponse = z.infer<typeof lensResponseSchema>;

/** What each token predicts; of the last one the losses are NaN. */
export const lensLossesSchema = z.object({
  /** Cross-entropy of the next token, nats. */
  ce: float32Column,
  /** The same with the SAE spliced in. */
  ceSpliced: float32Column,
  kl: float32Column,
  /** Likeliest next tokens, `perToken` each, likeliest first. */
  top: z.object({
    perToken: z.number(),
    ids: uint32Column,
    probabilities: float32Column,
    /** The text of every token among them. */
    vocabulary: z.array(tokenSchema),
  }),
  milliseconds: z.number(),
});
export type LensLosses = z.infer<typeof lensLossesSchema>;

/** A token by its number, or as it is spelled. */
const tokenChoiceSchema = z.union([
  z.strictObject({ id: z.number().int().min(0).max(50_256) }),
  z.strictObject({ text: z.string().min(1).max(100) }),
]);
export type TokenChoice = z.infer<typeof tokenChoiceSchema>;

export const LENS_MAX_MEASURED = 16;

export const lensTokenRequestSchema = z.strictObject({
  text: lensTextSchema,
  /** Number of the token after which something is predicted. */
  token: z.number().int().min(0),
  /** Default: the token that follows; after the last one, the likeliest. */
  target: tokenChoiceSchema.optional(),
  /** What the target's logit is compared with; default: the mean of all. */
  against: tokenChoiceSchema.optional(),
  /** Features whose effect is also measured, by running the model without. */
  measure: z.number().int().min(0).max(LENS_MAX_MEASURED).default(0),
});

export const lensTokenSchema = z.object({
  token: z.number(),
  target: tokenSchema,
  /** Null: the mean over the vocabulary. */
  against: tokenSchema.nullable(),
  /** Logit of the target less that it is compared with. */
  logit: z.number(),
  /** Its parts, which add up to it (Eq. 43). */
  features: z.array(
    z.object({
      feature: z.number(),
      activation: z.number(),
      contribution: z.number(),
      /** Eq. 44; absent where it was not asked for. */
      measured: z
        .object({ logit: z.number(), logProbability: z.number() })
        .optional(),
    }),
  ),
  decoderBias: z.number(),
  error: z.number(),
  laterLayers: z.number(),
  finalBias: z.number(),
  /** Probability of the target. */
  probability: z.number(),
  probabilitySpliced: z.number(),
  /** The model's likeliest next tokens. */
  predictions: z.array(
    z.object({
      token: tokenSchema,
      probability: z.number(),
      probabilitySpliced: z.number(),
    }),
  ),
  milliseconds: z.number(),
});
export type LensToken = z.infer<typeof lensTokenSchema>;

/** Activation times how surprising it is that the feature fires at all, nats. */
export function rarityScore(activation: number, density: number): number {
  return density > 0 ? activation * Math.log(1 / density) : 0;
}
