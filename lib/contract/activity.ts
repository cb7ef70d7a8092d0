import { z } from "zod";
import { cursorSchema, limitSchema, personSchema } from "./text";

/** One event as others see it; `payload` by its kind (lib/db/events). */
export const eventSchema = z.object({
  seq: z.number(),
  /** The idempotency key it came with, or one the server made. */
  id: z.string(),
  at: z.string(),
  actor: personSchema,
  kind: z.string(),
  /** Null when it is about no one feature, or no SAE here has its content. */
  sae: z.string().nullable(),
  feature: z.number().nullable(),
  payload: z.record(z.string(), z.unknown()),
});
export type LabelEvent = z.infer<typeof eventSchema>;

export const activityQuerySchema = z
  .object({
    sae: z.string().max(200).optional(),
    feature: z.coerce.number().int().min(0).optional(),
    /** A person's id. */
    person: z.string().max(100).optional(),
    noun: z
      .string()
      .regex(/^[a-z]{1,40}$/, "A noun is a word like label, vote or comment.")
      .optional()
      .describe("What its kind has before the dot: label, vote, comment …"),
    cursor: cursorSchema,
    limit: limitSchema(50),
  })
  .refine(
    ({ sae, feature }) => feature === undefined || sae !== undefined,
    "A feature is named with its SAE.",
  );

/** An event as feeds tell of it. */
export const activitySchema = eventSchema.extend({
  /**
   * The label, comment or list it is about, as it stands now: its text or
   * name. Null for anything else, and for a deleted comment.
   */
  about: z.string().nullable(),
});
export type Activity = z.infer<typeof activitySchema>;
export const activityPageSchema = z.object({
  /** Newest first. */
  events: z.array(activitySchema),
  /** Where to go on; a page may hold few events, or none, and yet go on. */
  nextCursor: z.string().nullable(),
});
export type ActivityPage = z.infer<typeof activityPageSchema>;
