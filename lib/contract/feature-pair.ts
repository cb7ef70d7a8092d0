import { z } from "zod";
import { featureIndexParam, tokenSchema } from "./common";

const number = z
  .string("Name two features, as a and b.")
  .pipe(featureIndexParam);

/** Two features: of the SAE in the path, or b of another one. */
export const featurePairQuerySchema = z.object({
  a: number,
  b: number,
  /** The SAE that b is of; default: the same. */
  other: z.string().min(1).optional(),
});
export type FeaturePairQuery = z.output<typeof featurePairQuerySchema>;

const cosineSchema = z.number().nullable();

export const featurePairSchema = z.object({
  /** Of the decoder and of the encoder directions; null where unknown. */
  decoderCosine: cosineSchema,
  encoderCosine: cosineSchema,
  /** Whether both SAEs read the same place of the same model. */
  sameHook: z.boolean(),
  /** Tokens on which both fire, of those held for counting; null: not kept. */
  coFiring: z
    .object({
      tokens: z.number(),
      firingsA: z.number(),
      count: z.number(),
      correlation: z.number(),
    })
    .nullable(),
});
export type FeaturePair = z.infer<typeof featurePairSchema>;

const firingsSchema = z.object({
  positions: z.array(z.number()),
  values: z.array(z.number()),
});

export const pairContextSchema = z.object({
  /** Whose index the text comes from: its number there. */
  side: z.enum(["a", "b"]),
  sequence: z.number(),
  tokens: z.array(tokenSchema),
  /** The token on which the two together are strongest. */
  peakPosition: z.number(),
  document: z.object({ title: z.string(), tokenOffset: z.number() }),
  a: firingsSchema,
  b: firingsSchema,
  /** Tokens on which both fire. */
  both: z.number(),
});
export type PairContext = z.infer<typeof pairContextSchema>;

export const pairContextsSchema = z.object({
  /**
   * "run": the model was run on the strongest contexts of both; "stored": only
   * what the indexes hold, as a model or an SAE is not there.
   */
  measured: z.enum(["run", "stored"]),
  /** What was looked at. */
  sequences: z.number(),
  tokens: z.number(),
  firingsA: z.number(),
  firingsB: z.number(),
  /** Tokens on which both fire. */
  both: z.number(),
  /** Sequences in which both fire; those with most such tokens first. */
  contexts: z.array(pairContextSchema),
});
export type PairContexts = z.infer<typeof pairContextsSchema>;
