import { z } from "zod";
import { QUERY_MAX } from "#lib/query/index";

/** A search or a filter, in the language of docs/search.md. */
export const queryTextSchema = z
  .string("Type something to search for.")
  .max(QUERY_MAX, `The search is longer than ${QUERY_MAX} characters.`);

/** Parts of a query that were not understood, as `details` of a refusal. */
export const queryProblemsSchema = z.object({
  problems: z.array(
    z.object({
      /** In UTF-16 units of `q`; end exclusive. */
      start: z.number(),
      end: z.number(),
      message: z.string(),
      suggestion: z.string().optional(),
    }),
  ),
});
