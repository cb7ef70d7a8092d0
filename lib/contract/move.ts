import { z } from "zod";
import { SAME_FEATURE } from "./compare";
import { featureRowSchema } from "./feature";
import { cursorSchema, limitSchema, personSchema } from "./text";

const from = z
  .string("Name the SAE whose labels are to come over, as from.")
  .min(1, "Name the SAE whose labels are to come over, as from.")
  .max(200);
const threshold = z.coerce.number().min(0).max(1);

export const MOVE_STATES = ["open", "accepted", "rejected"] as const;
export type MoveStateName = (typeof MOVE_STATES)[number];

export const movesQuerySchema = z.object({
  from,
  /** The least cosine of what is proposed. */
  threshold: threshold.default(SAME_FEATURE),
  /** "1": only features that are each other's nearest. */
  mutual: z
    .enum(["0", "1"])
    .default("1")
    .transform((word) => word === "1"),
  state: z.enum(MOVE_STATES).default("open"),
  cursor: cursorSchema,
  limit: limitSchema(50),
});
export type MovesQuery = z.output<typeof movesQuerySchema>;

/** A label and the feature of another SAE that it may be true of as well. */
export const moveSchema = z.object({
  origin: z.object({
    id: z.number(),
    feature: z.number(),
    text: z.string(),
    note: z.string().nullable(),
    author: personSchema,
    up: z.number(),
    down: z.number(),
  }),
  /** The nearest feature; `label` is what it is called here now. */
  target: featureRowSchema,
  cosine: z.number(),
  mutual: z.boolean(),
  state: z.enum(MOVE_STATES),
  /** The label it became. */
  label: z.number().nullable(),
});
export type Move = z.infer<typeof moveSchema>;

export const movePageSchema = z.object({
  moves: z.array(moveSchema),
  nextCursor: z.string().nullable(),
});

export const decideMoveSchema = z.strictObject({
  /** The label's number. */
  origin: z.number().int().positive(),
  decision: z.enum(MOVE_STATES),
});
export const decidedMoveSchema = z.object({
  state: z.enum(MOVE_STATES),
  label: z.number().nullable(),
});

/** Accepts what is near enough and has no label here yet. */
export const acceptMovesSchema = z.strictObject({
  from,
  threshold: z.number().min(0).max(1),
  cursor: cursorSchema,
});
export const acceptedMovesSchema = z.object({
  accepted: z.number(),
  /** Left for a person to decide: the feature has a label already. */
  left: z.number(),
  /** Null when all are done; else go on from here. */
  nextCursor: z.string().nullable(),
});
export type AcceptedMoves = z.infer<typeof acceptedMovesSchema>;
