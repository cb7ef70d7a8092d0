import { FEATURE_STATES } from "#lib/label-rules";
import { z } from "zod";

/** Held-out evaluation, as `npm run evaluate -- --json` prints it. */
export const evaluationSchema = z.object({
  l0: z.number(),
  fvu: z.number(),
  ceClean: z.number(),
  ceSae: z.number(),
  ceZero: z.number(),
  ceMean: z.number(),
  deltaCe: z.number(),
  /** (ceZero − ceSae) / (ceZero − ceClean) */
  ceRecovered: z.number(),
  /** The same against mean ablation, a stronger baseline. */
  ceRecoveredFromMean: z.number(),
  /** KL(clean ‖ spliced) per token, nats. */
  kl: z.number(),
  deadFraction: z.number(),
  denseFraction: z.number(),
  /** Tokens encoded: for l0, fvu, dead and dense. */
  tokens: z.number(),
  /** Predictions made: for ce… and kl; absent in older evaluations. */
  lossTokens: z.number().optional(),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

export const saeSummarySchema = z.object({
  id: z.string(),
  hash: z.string(),
  modelName: z.string(),
  hookName: z.string(),
  architecture: z.string(),
  dIn: z.number(),
  dSae: z.number(),
  k: z.number().nullable(),
  corpusName: z.string(),
  indexedTokens: z.number(),
  indexedAt: z.string(),
  liveFeatures: z.number(),
  deadFeatures: z.number(),
  labelledFeatures: z.number(),
  evaluation: evaluationSchema.nullable(),
});
export type SaeSummary = z.infer<typeof saeSummarySchema>;

export const saeListSchema = z.object({
  saes: z.array(saeSummarySchema),
  /** Indexes that cannot be read, and why; one bad file hides no other. */
  unreadable: z.array(z.object({ id: z.string(), message: z.string() })),
});
export type SaeList = z.infer<typeof saeListSchema>;

/**
 * What plots of all features are drawn from. Arrays are base64 of little-endian
 * bytes, one entry a feature (dead ones too), in the order of their numbers.
 */
export const featurePointsSchema = z.object({
  features: z.number(),
  /** Tokens indexed: density = firingCount / tokens. */
  tokens: z.number(),
  /** uint32 */
  firingCount: z.string(),
  /** float32; 0 when dead. */
  meanActivation: z.string(),
  /** float32, x and y in −1 … 1 of the atlas; NaN when dead. */
  positions: z.string(),
  /** uint16, index into `sourceNames` of the source it fires in most. */
  sources: z.string(),
  sourceNames: z.array(z.string()),
  /** Features whose labelling has begun, by its state, ascending. */
  states: z.record(z.enum(FEATURE_STATES), z.array(z.number())),
});
export type FeaturePoints = z.infer<typeof featurePointsSchema>;

/** Features per bin of log10(density); bin i covers [min + i·width, …). */
export const densityHistogramSchema = z.object({
  min: z.number(),
  width: z.number(),
  counts: z.array(z.number()),
  dead: z.number(),
});

export const saeDetailSchema = saeSummarySchema.extend({
  /** That fire on more than 10 % of the indexed tokens. */
  denseFeatures: z.number(),
  modelHash: z.string(),
  corpusHash: z.string(),
  contextSize: z.number(),
  rules: z.record(z.string(), z.string()),
  /** cfg.json, as SAELens reads it. */
  config: z.record(z.string(), z.unknown()),
  /** runner_cfg.json: how it was trained; null where that is not known. */
  training: z.record(z.string(), z.unknown()).nullable(),
  trainingCurve: z.array(z.record(z.string(), z.number())),
  densityHistogram: densityHistogramSchema,
  /**
   * Live features by the cosine between encoder and decoder direction, in
   * equal parts of −1 … 1; null where the index does not say.
   */
  alignment: z.array(z.number()).nullable(),
});
export type SaeDetail = z.infer<typeof saeDetailSchema>;
