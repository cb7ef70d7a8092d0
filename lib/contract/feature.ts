import { z } from "zod";
import { FEATURE_STATES } from "#lib/label-rules";
import { labelSchema } from "./label";
import { tokenSchema } from "./common";
import { queryTextSchema } from "./query";

/** A page of the feature table. */
export const featureQuerySchema = z.strictObject({
  q: queryTextSchema
    .default("")
    .describe("Filters and order, in the language of docs/search.md."),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type FeatureQuery = z.infer<typeof featureQuerySchema>;

/** One line of a feature list, everywhere a feature is listed. */
export const featureRowSchema = z.object({
  index: z.number(),
  firingCount: z.number(),
  density: z.number(),
  meanActivation: z.number(),
  maxActivation: z.number(),
  /** Text of the accepted label, else of the best one, or null. */
  label: z.string().nullable(),
  labelState: z.enum(FEATURE_STATES),
  labelCount: z.number(),
  topTokens: z.array(tokenSchema),
});
export type FeatureRow = z.infer<typeof featureRowSchema>;

/** Rows of certain features, as a list of numbers with commas. */
export const ROWS_MAX = 200;
export const featureRowsQuerySchema = z.object({
  features: z
    .string()
    .regex(
      /^\d{1,8}(,\d{1,8})*$/,
      "features is a list of numbers with commas between them.",
    )
    .transform((text) => text.split(",").map(Number))
    .refine((list) => list.length <= ROWS_MAX, {
      message: `At most ${ROWS_MAX} features can be asked for at once.`,
    }),
});
export const featureRowsSchema = z.object({
  /** In the order asked for; unknown features are left out. */
  features: z.array(featureRowSchema),
});

export const featurePageSchema = z.object({
  features: z.array(featureRowSchema),
  nextCursor: z.string().nullable(),
  /** Exact, but where `capped`: then more match. */
  total: z.number(),
  capped: z.boolean(),
});
export type FeaturePage = z.infer<typeof featurePageSchema>;

/** One context: a packed sequence, decoded, with this feature's activations. */
export const exampleSchema = z.object({
  sequence: z.number(),
  peakPosition: z.number(),
  peakValue: z.number(),
  /** As a person sees them (see `Token`), and their numbers: one entry a token. */
  tokens: z.array(z.string()),
  tokenIds: z.array(z.number()),
  /** Sparse activations: `values[i]` at `positions[i]`. */
  positions: z.array(z.number()),
  values: z.array(z.number()),
  /** The document the peak token comes from. */
  document: z.object({
    id: z.number(),
    title: z.string(),
    source: z.string(),
    /** Token number inside the document. */
    tokenOffset: z.number(),
  }),
});
export type Example = z.infer<typeof exampleSchema>;

/** Examples by activation: above < value ≤ upTo. */
export const exampleQuerySchema = z
  .object({
    above: z.coerce.number().min(0).default(0),
    upTo: z.coerce.number().positive().optional(),
    limit: z.coerce.number().int().min(1).max(50).default(10),
  })
  .refine((q) => q.upTo === undefined || q.upTo > q.above, {
    message: "upTo must be larger than above.",
  });
export type ExampleQuery = z.output<typeof exampleQuerySchema>;

export const foundExampleSchema = exampleSchema.extend({
  /** Of the feature's activations only some are known. */
  partial: z.boolean(),
});
export type FoundExample = z.infer<typeof foundExampleSchema>;

export const foundExamplesSchema = z.object({
  /** Strongest first, one a sequence. */
  examples: z.array(foundExampleSchema),
});
export type FoundExamples = z.infer<typeof foundExamplesSchema>;

const movedTokenSchema = z.object({
  token: tokenSchema,
  /** Its probability with the feature and without it. */
  with: z.number(),
  without: z.number(),
});

/** What a feature does to the predictions in a sequence (method.md, Eq. 47). */
export const contextEffectSchema = z.object({
  tokens: z.array(tokenSchema),
  /** The feature's activations; one entry a token, as below. */
  values: z.array(z.number()),
  /**
   * Loss of the next token without the feature less that with it, nats: above 0
   * the feature helps. Null where there is no next token.
   */
  lossChange: z.array(z.number().nullable()),
  /** KL(with ‖ without) of the next token's distribution, nats. */
  kl: z.array(z.number()),
  /** Next tokens made likelier and less likely; none where nothing changes. */
  raised: z.array(z.array(movedTokenSchema)),
  lowered: z.array(z.array(movedTokenSchema)),
});
export type ContextEffect = z.infer<typeof contextEffectSchema>;

/** The token of a sequence that a context is about. */
export const contextQuerySchema = z.object({
  position: z.coerce
    .number("A token's place is a whole number from 1.")
    .int("A token's place is a whole number from 1.")
    // Place 0 is BOS.
    .min(1, "A token's place is a whole number from 1.")
    .max(65_535, "No sequence has so many tokens."),
});

export const exampleGroupSchema = z.object({
  /** "top" or "q1" (weakest fifth of firing tokens) … "q5" (strongest). */
  name: z.string(),
  /** Smallest and largest peak value shown in this group. */
  min: z.number(),
  max: z.number(),
  examples: z.array(exampleSchema),
});
export type ExampleGroup = z.infer<typeof exampleGroupSchema>;

export const logitSchema = z.object({
  token: tokenSchema,
  value: z.number(),
});

/** Another feature, as lists beside a feature show it. */
export const relatedFeatureSchema = z.object({
  feature: z.number(),
  label: z.string().nullable(),
  topTokens: z.array(tokenSchema),
  density: z.number(),
});
export type RelatedFeature = z.infer<typeof relatedFeatureSchema>;

export const neighbourSchema = relatedFeatureSchema.extend({
  /** Of the decoder directions. */
  cosine: z.number(),
});
export type Neighbour = z.infer<typeof neighbourSchema>;

export const neighboursSchema = z.object({
  neighbours: z.array(neighbourSchema),
});

/** Where a feature fires: firings, and the tokens there are. */
export const placesSchema = z.object({
  /** Equal parts of the sequence, in order. */
  positions: z.array(z.object({ firings: z.number(), tokens: z.number() })),
  sources: z.array(
    z.object({ name: z.string(), firings: z.number(), tokens: z.number() }),
  ),
  /** Different documents it fires in. */
  documents: z.number(),
  /** Those it fires in most. */
  topDocuments: z.array(
    z.object({ id: z.number(), title: z.string(), firings: z.number() }),
  ),
});
export type Places = z.infer<typeof placesSchema>;

/** Exactly what a feature's record was measured on, and how. */
export const measuredSchema = z.object({
  modelName: z.string(),
  modelHash: z.string(),
  hookName: z.string(),
  corpusName: z.string(),
  corpusHash: z.string(),
  contextSize: z.number(),
  tokens: z.number(),
  indexedAt: z.string(),
  rules: z.record(z.string(), z.string()),
});
export type Measured = z.infer<typeof measuredSchema>;

export const featureDetailSchema = z.object({
  saeId: z.string(),
  saeHash: z.string(),
  index: z.number(),
  dSae: z.number(),
  firingCount: z.number(),
  tokens: z.number(),
  density: z.number(),
  /** Share of live features that fire less often, 0…1; null when dead. */
  densityPercentile: z.number().nullable(),
  meanActivation: z.number(),
  maxActivation: z.number(),
  /** The largest activation of any feature of this SAE. */
  largestActivation: z.number(),
  /** Of its activations when it fires; kurtosis 3 is that of a normal one. */
  moments: z.object({
    variance: z.number(),
    skewness: z.number().nullable(),
    kurtosis: z.number().nullable(),
  }),
  encoderDecoderCosine: z.number(),
  histogram: z.object({ binWidth: z.number(), counts: z.array(z.number()) }),
  topTokens: z.array(
    z.object({ token: tokenSchema, count: z.number(), mean: z.number() }),
  ),
  positiveLogits: z.array(logitSchema),
  negativeLogits: z.array(logitSchema),
  /** Effects on the logits of all tokens; the first bin begins at `min`. */
  logitHistogram: z.object({
    min: z.number(),
    binWidth: z.number(),
    counts: z.array(z.number()),
  }),
  /** The nearest of `neighbourCount` that are known. */
  neighbours: z.array(neighbourSchema),
  neighbourCount: z.number(),
  /** Features that fire on the same tokens, counted on `tokens` tokens. */
  coFiring: z.object({
    tokens: z.number(),
    firings: z.number(),
    features: z.array(
      relatedFeatureSchema.extend({
        count: z.number(),
        correlation: z.number(),
      }),
    ),
  }),
  places: placesSchema,
  /** Dimensions of the residual stream with the largest decoder weights. */
  basis: z.array(z.object({ dimension: z.number(), weight: z.number() })),
  groups: z.array(exampleGroupSchema),
  labels: z.array(labelSchema),
  /** Next live features either way, wrapping round; null if none is live. */
  previous: z.number().nullable(),
  next: z.number().nullable(),
  measured: measuredSchema,
});
export type FeatureDetail = z.infer<typeof featureDetailSchema>;
