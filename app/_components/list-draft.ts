import { z } from "zod";

/** A list's name and description as they are being written. */
export const listDraftSchema = z.object({
  name: z.string(),
  description: z.string(),
  /** The version it was made from. */
  version: z.number(),
});
export type ListDraft = z.infer<typeof listDraftSchema>;
