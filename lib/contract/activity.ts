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
    cursor: cursorSchema,
    limit: limitSchema(50),
  })
  .refine(
    ({ sae, feature }) => feature === undefined || sae !== undefined,
    "A feature is named with its SAE.",
  );
export const activityPageSchema = z.object({
  /** Newest first. */
  events: z.array(eventSchema),
  nextCursor: z.string().nullable(),
});
