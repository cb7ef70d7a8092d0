import { z } from "zod";
import { FEATURE_STATES } from "#lib/label-rules";
import { tokenSchema } from "./common";
import { cursorSchema, limitSchema, personSchema } from "./text";

/** Contexts of a quiz. */
const SIZE = 10;

/** How true a label is by the quizzes about it; docs/method.md, §8. */
export const labelScoreSchema = z.object({
  label: z.number(),
  /** Balanced accuracy: mean of the shares marked rightly. */
  accuracy: z.number(),
  /** Ends of its 95 % credible interval. */
  lower: z.number(),
  upper: z.number(),
  quizzes: z.number(),
  people: z.number(),
  /** Firing contexts that were marked, and that were not. */
  hits: z.number(),
  misses: z.number(),
  /** Silent contexts that were marked, and that were not. */
  falseAlarms: z.number(),
  rejections: z.number(),
});
export type LabelScore = z.infer<typeof labelScoreSchema>;

/** A quiz as it is handed out: nothing in it tells the answer. */
export const quizSchema = z.object({
  id: z.string(),
  /** What the label says. */
  label: z.string(),
  expiresAt: z.string(),
  contexts: z.array(z.object({ tokens: z.array(tokenSchema) })),
});
export type Quiz = z.infer<typeof quizSchema>;

export const quizRequestSchema = z.strictObject({
  /** Ask about this label; left out: the one asked about least. */
  label: z.number().int().positive().optional(),
});

/** The quiz to answer; null when there is nothing to ask this person. */
export const handedQuizSchema = z.object({
  quiz: quizSchema.nullable(),
  /** Why there is none. */
  reason: z.string().nullable(),
});

export const quizAnswerSchema = z.strictObject({
  /** Places, from 0, of the contexts on which the feature fires. */
  marked: z
    .array(
      z
        .number()
        .int()
        .min(0)
        .max(SIZE - 1),
    )
    .max(SIZE),
});

/** What was true, once it was answered. */
export const quizResultSchema = z.object({
  feature: z.number(),
  labelId: z.number(),
  /** What colours are relative to. */
  maxActivation: z.number(),
  contexts: z.array(
    z.object({
      marked: z.boolean(),
      fires: z.boolean(),
      /** Quantile group (0 = weakest fifth) of a firing one. */
      group: z.number().nullable(),
      /** Why a silent one was asked about. */
      reason: z.enum(["token", "related", "other"]).nullable(),
      /** The feature's activation on each token. */
      values: z.array(z.number()),
      sequence: z.number(),
      start: z.number(),
    }),
  ),
  /** What all quizzes about the label's present text say. */
  score: labelScoreSchema.nullable(),
});
export type QuizResult = z.infer<typeof quizResultSchema>;

/** A quiz of one's own and, if it was answered, the truth. */
export const quizStateSchema = z.object({
  quiz: quizSchema,
  state: z.enum(["open", "answered", "closed"]),
  result: quizResultSchema.nullable(),
});
export type QuizState = z.infer<typeof quizStateSchema>;

export const EVIDENCE_LISTS = [
  "proven",
  "doubted",
  "untested",
  "disputed",
] as const;
export type EvidenceList = (typeof EVIDENCE_LISTS)[number];

export const evidenceQuerySchema = z.object({
  list: z
    .enum(EVIDENCE_LISTS)
    .default("proven")
    .describe(
      "proven: by the lower end of the score's interval, highest first; doubted: by the upper end, lowest first; untested: labels without a score; disputed: labels of disputed features.",
    ),
  quizzes: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(1)
    .describe("For proven and doubted: at least so many quizzes."),
  cursor: cursorSchema,
  limit: limitSchema(50),
});

export const evidenceRowSchema = z.object({
  label: z.number(),
  feature: z.number(),
  text: z.string(),
  author: personSchema,
  state: z.enum(FEATURE_STATES),
  accepted: z.boolean(),
  up: z.number(),
  down: z.number(),
  score: labelScoreSchema.nullable(),
});
export type EvidenceRow = z.infer<typeof evidenceRowSchema>;

export const evidencePageSchema = z.object({
  labels: z.array(evidenceRowSchema),
  nextCursor: z.string().nullable(),
});

/** Krippendorff's alpha on one kind of judgement; docs/method.md, §8. */
export const agreementSchema = z.object({
  about: z.enum([
    "monosemantic",
    "confidence",
    "activations",
    "logits",
    "specificity",
    "meaning",
    "votes",
    "quiz",
    "wording",
  ]),
  metric: z.enum(["nominal", "ordinal", "text"]),
  /** 1: always agreed, 0: as by chance; null: cannot be said. */
  alpha: z.number().nullable(),
  /** Ends of its 95 % bootstrap interval; null: fewer than five things. */
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  /** Things judged by two people or more, and their judgements of them. */
  units: z.number(),
  judgements: z.number(),
});
export type AgreementFigure = z.infer<typeof agreementSchema>;

export const agreementPageSchema = z.object({
  agreement: z.array(agreementSchema),
  /** More than this many judgements of a kind are not read. */
  readAtMost: z.number(),
});
