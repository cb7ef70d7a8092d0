import { z } from "zod";
import { commentSchema } from "./comment";
import { personSchema } from "./text";

/** People as one begins to write a name. */
export const namesQuerySchema = z.object({
  q: z
    .string()
    .max(100)
    .default("")
    .describe("How the name begins, in small or capital letters."),
  limit: z.coerce.number().int().min(1).max(20).default(8),
});
export const namesSchema = z.object({
  /** By name. */
  people: z.array(personSchema),
});

/** Unread mentions are counted up to this many. */
export const UNREAD_MAX = 100;
const standing = {
  /** The comment up to which one has seen them. */
  seen: z.number(),
  /** Others' comments after that one, at most UNREAD_MAX. */
  unread: z.number(),
};

/** Comments that name one, newest first, each with where it is. */
export const mentionPageSchema = z.object({
  mentions: z.array(commentSchema.extend({ sae: z.string().nullable() })),
  nextCursor: z.string().nullable(),
  ...standing,
});
export type MentionPage = z.infer<typeof mentionPageSchema>;

/** One has seen them up to this comment. */
export const seeMentionsSchema = z.strictObject({
  seen: z.number().int().min(1),
});
export const mentionsStandingSchema = z.object(standing);
export type MentionsStanding = z.infer<typeof mentionsStandingSchema>;
