import { z } from "zod";
import { queryTextSchema } from "./query";
import { searchGroupSchema } from "./search";

/** A search in every SAE. */
export const everywhereQuerySchema = z.strictObject({
  q: queryTextSchema
    .refine((q) => q.trim() !== "", "Type something to search for.")
    .describe("What to look for, in the language of docs/search.md."),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(12),
});
export type EverywhereQuery = z.infer<typeof everywhereQuerySchema>;

export const everywhereSaeSchema = z.object({
  sae: z.object({
    id: z.string(),
    modelName: z.string(),
    hookName: z.string(),
    dSae: z.number(),
  }),
  /** The first few of each place. */
  groups: z.array(searchGroupSchema),
  /** Why it cannot be answered there. */
  note: z.string().nullable(),
});
export type EverywhereSae = z.infer<typeof everywhereSaeSchema>;

export const everywherePageSchema = z.object({
  q: z.string(),
  /** By name, a page of SAEs. */
  saes: z.array(everywhereSaeSchema),
  nextCursor: z.string().nullable(),
});
export type EverywherePage = z.infer<typeof everywherePageSchema>;
