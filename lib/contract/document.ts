import { z } from "zod";
import { featureIndexParam, tokenSchema } from "./common";

/** Runs of tokens, of up to a sequence each, that one page of a document has. */
export const PASSAGES_PER_PAGE = 6;

const offset = z.coerce.number().int().min(0).max(4_294_967_295);

export const documentQuerySchema = z
  .object({
    /** Whose activations are shown. */
    feature: featureIndexParam,
    /** The token that is looked for, counted from the document's beginning. */
    at: offset.optional(),
    /** Where the page begins: a `previous` or `next` of another page. */
    from: offset.optional(),
    /** "stored" answers with what the index holds, without running the model. */
    values: z.enum(["run", "stored"]).default("run"),
  })
  .refine((q) => q.at === undefined || q.from === undefined, {
    message: "Give one of at and from, not both.",
  });
export type DocumentQuery = z.output<typeof documentQuerySchema>;

/** A run of tokens that the model read in one go. */
export const passageSchema = z.object({
  sequence: z.number(),
  /** The first token's place in the sequence, and in the document. */
  start: z.number(),
  offset: z.number(),
  tokens: z.array(tokenSchema),
  /** Sparse activations: `values[i]` on token `positions[i]` of these. */
  positions: z.array(z.number()),
  values: z.array(z.number()),
  /** All activations, some, or none are known. */
  known: z.enum(["all", "some", "none"]),
});
export type DocumentPassage = z.infer<typeof passageSchema>;

export const documentPageSchema = z.object({
  id: z.number(),
  title: z.string(),
  source: z.string(),
  feature: z.number(),
  /** The feature's maximum over the corpus. */
  maxActivation: z.number(),
  passages: z.array(passageSchema),
  /** Where the pages before and after begin; null at either end. */
  previous: z.number().nullable(),
  next: z.number().nullable(),
  /** Whether the model was run. */
  measured: z.enum(["run", "stored"]),
});
export type DocumentPage = z.infer<typeof documentPageSchema>;
