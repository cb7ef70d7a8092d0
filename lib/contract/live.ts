import { z } from "zod";
import { eventSchema } from "./activity";
import { personSchema } from "./text";

/** What a stream is to tell of; all of it when nothing is named. */
export const liveQuerySchema = z
  .object({
    sae: z.string().max(200).optional(),
    feature: z.coerce.number().int().min(0).optional(),
    /** The last event one has seen; a reconnecting EventSource's header wins. */
    after: z.coerce.number().int().min(0).optional(),
  })
  .refine(
    ({ sae, feature }) => feature === undefined || sae !== undefined,
    "A feature is named with its SAE.",
  );

export const presenceSchema = z.object({ people: z.array(personSchema) });
export type Presence = z.infer<typeof presenceSchema>;

/** Data of the stream's messages, by their event name. */
export const liveMessages = {
  /** The stream is open; the newest event's number. */
  hello: z.object({ last: z.number() }),
  change: eventSchema,
  /** Who is looking at the feature now, oneself included. */
  presence: presenceSchema,
  /** Too much was missed, or labels were restored: load everything anew. */
  reset: z.object({ last: z.number() }),
};
