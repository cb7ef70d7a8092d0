import { z } from "zod";
import { featureRowSchema } from "./feature";
import { saeSummarySchema } from "./sae";

/** Cosine from which two features count as the same unless told otherwise. */
export const SAME_FEATURE = 0.7;
export const MATCH_LISTS = ["matched", "shared", "unmatched"] as const;

const saeId = z
  .string("Name two SAEs, as a and b.")
  .min(1, "Name two SAEs, as a and b.");

/** Two SAEs, as the URL names them. */
export const comparePairSchema = z.object({ a: saeId, b: saeId });

/** Counts over the features of one side; see docs/method.md, Eq. 46. */
export const matchFiguresSchema = z.object({
  features: z.number(),
  /** Mean of their best cosines. */
  meanCosine: z.number(),
  /** By best cosine, in equal parts of 0 … 1. */
  histogram: z.array(z.number()),
  /** [t] features with a best cosine ≥ t/100. */
  reaching: z.array(z.number()),
  /** [t] of those, features that are their best one's best as well. */
  mutual: z.array(z.number()),
});
export type MatchFigures = z.infer<typeof matchFiguresSchema>;

const matchSideSchema = z.object({
  all: matchFiguresSchema,
  /** Of features that ever fired. */
  live: matchFiguresSchema,
});

/** How far the match of two SAEs is. */
export const matchStateSchema = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("ready"),
    createdAt: z.string(),
    a: matchSideSchema,
    b: matchSideSchema,
  }),
  /** Features that have their answer, of all of both. */
  z.object({
    state: z.literal("running"),
    done: z.number(),
    total: z.number(),
  }),
  /** Not made yet, or of older indexes. */
  z.object({ state: z.literal("missing") }),
  z.object({ state: z.literal("failed"), message: z.string() }),
  /** These two cannot be matched. */
  z.object({ state: z.literal("impossible"), message: z.string() }),
]);
export type MatchState = z.infer<typeof matchStateSchema>;

export const matchStartedSchema = z.object({ match: matchStateSchema });

export const comparedSaeSchema = saeSummarySchema.extend({
  modelHash: z.string(),
  corpusHash: z.string(),
  contextSize: z.number(),
  config: z.record(z.string(), z.unknown()),
});
export type ComparedSae = z.infer<typeof comparedSaeSchema>;

export const saeComparisonSchema = z.object({
  a: comparedSaeSchema,
  b: comparedSaeSchema,
  match: matchStateSchema,
});
export type SaeComparison = z.infer<typeof saeComparisonSchema>;

export const matchListQuerySchema = comparePairSchema.extend({
  /** Whose features are listed. */
  side: z.enum(["a", "b"]).default("a"),
  list: z.enum(MATCH_LISTS).default("matched"),
  threshold: z.coerce
    .number()
    .min(0)
    .max(1)
    .multipleOf(0.01)
    .default(SAME_FEATURE),
  order: z.enum(["asc", "desc"]).default("desc"),
  /** "live" leaves out features that never fired. */
  state: z.enum(["live", "all"]).default("live"),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type MatchListQuery = z.output<typeof matchListQuerySchema>;

export const matchRowSchema = z.object({
  /** A feature of the side asked for. */
  feature: featureRowSchema,
  /** The nearest of the other side. */
  best: featureRowSchema,
  /** Of the decoder directions. */
  cosine: z.number(),
  encoderCosine: z.number(),
  /** Whether each is the other's nearest. */
  mutual: z.boolean(),
});
export type MatchRow = z.infer<typeof matchRowSchema>;

export const matchPageSchema = z.object({
  rows: z.array(matchRowSchema),
  /** Features in the whole list. */
  total: z.number(),
  nextCursor: z.string().nullable(),
});
export type MatchPage = z.infer<typeof matchPageSchema>;
