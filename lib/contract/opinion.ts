import { z } from "zod";
import { manyLines, personSchema } from "./text";

/** 0 not at all, 1 a little, 2 mostly, 3 fully. */
const mark = z.number().int().min(0).max(3).nullable();

const marks = {
  /** How sure one is of what one called the feature. */
  confidence: mark,
  /** How well what it fires on fits together. */
  activations: mark,
  /** How well the tokens it raises fit that. */
  logits: mark,
  /** How much it fires on that alone. */
  specificity: mark,
  monosemantic: z.boolean().nullable(),
  /** The group of activations (0 = weakest) that does not fit. */
  breaksAt: z.number().int().min(0).max(20).nullable(),
};
export const rubricSchema = z.object({
  person: personSchema,
  ...marks,
  at: z.string(),
});
export type Rubric = z.infer<typeof rubricSchema>;
/** One's own marks; null takes them back. */
export const setRubricSchema = z.strictObject({
  rubric: z
    .strictObject({
      confidence: mark.default(null),
      activations: mark.default(null),
      logits: mark.default(null),
      specificity: mark.default(null),
      monosemantic: marks.monosemantic.default(null),
      breaksAt: marks.breaksAt.default(null),
    })
    .nullable(),
});
export const rubricsSchema = z.object({ rubrics: z.array(rubricSchema) });

/** What may be the matter with a feature. */
export const FLAG_KINDS = [
  "dead",
  "duplicate",
  "polysemantic",
  "uninterpretable",
] as const;
export type FlagKind = (typeof FLAG_KINDS)[number];
const flag = z.enum(FLAG_KINDS);
export const flagSchema = z.object({
  flag,
  person: personSchema,
  duplicateOf: z.number().nullable(),
  note: z.string().nullable(),
  /** A maintainer's. */
  decisive: z.boolean(),
  at: z.string(),
});
export type Flag = z.infer<typeof flagSchema>;
export const setFlagSchema = z.strictObject({
  flag,
  duplicateOf: z.number().int().min(0).nullable().default(null),
  note: manyLines("The note", 2000)
    .nullable()
    .default(null)
    .transform((said) => (said === "" ? null : said)),
});
export const clearFlagSchema = z.strictObject({
  flag,
  /** Whose; left out: one's own. */
  person: z.string().max(100).optional(),
});
export const flagsSchema = z.object({ flags: z.array(flagSchema) });
