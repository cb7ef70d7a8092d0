import { z } from "zod";
import { FEATURE_STATES } from "#lib/label-rules";
import { QUEUE_ORDERS, QUEUE_SHOWS, SKIP_REASONS } from "#lib/queue-rules";
import { personSchema } from "./text";

const featureNumber = z.number().int().min(0);

/** Made by a page, for as long as it is open. */
const seat = z
  .string()
  .regex(/^[A-Za-z0-9-]{8,40}$/, "A seat has 8 to 40 letters and digits.");
/** What is in hand: a feature, the next one, and those being saved. */
const holding = z.array(featureNumber).max(8);

/** What is asked of the queue: part of its page's address. */
export const queueViewSchema = z.object({
  order: z.enum(QUEUE_ORDERS).optional(),
  show: z.enum(QUEUE_SHOWS).default("open"),
  seed: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .optional(),
  /** A filter in the language of the search. */
  q: z.string().max(2000).default(""),
  /** Of one list only. */
  list: z.coerce.number().int().min(1).optional(),
  /** "1": only what is assigned to oneself. */
  mine: z.enum(["0", "1"]).default("0"),
});
export type QueueView = z.output<typeof queueViewSchema>;

/** The next feature, beside those in hand; the rest is given back. */
export const nextLeaseSchema = z.strictObject({
  seat,
  holding: holding.default([]),
  ...queueViewSchema.shape,
});
/** The lease of a feature: nobody else is handed it until then. */
export const leaseSchema = z.object({
  feature: z.number(),
  until: z.string(),
});
export const handedSchema = z.object({
  /** Null: nothing is left. */
  handed: leaseSchema.extend({ assigned: z.boolean() }).nullable(),
});
export type Handed = z.infer<typeof handedSchema>["handed"];

/** Renews what is in hand; the rest is given back. */
export const renewLeasesSchema = z.strictObject({ seat, holding });
export const leasesSchema = z.object({ leases: z.array(leaseSchema) });

export const skipSchema = z.strictObject({
  feature: featureNumber,
  reason: z.enum(SKIP_REASONS),
});
export const unskipSchema = z.strictObject({ feature: featureNumber });
export const skippedSchema = z.object({
  feature: z.number(),
  /** Null: it may come again. */
  reason: z.enum(SKIP_REASONS).nullable(),
});

const settings = {
  /** The order people start with. */
  order: z.enum(QUEUE_ORDERS),
  /** The share of features that several people label. */
  share: z.number().min(0).max(1),
  /** How many people, on that share. */
  target: z
    .number()
    .int()
    .min(2, "On the share that several people label, at least 2 do.")
    .max(20),
  /** They do not see each other's answers before their own. */
  blind: z.boolean(),
  /** Of the order "random". */
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31),
};
export const queueSettingsSchema = z.object(settings);
export type QueueSettings = z.infer<typeof queueSettingsSchema>;
export const setQueueSchema = z.strictObject(settings);

export const assignmentSchema = z.object({
  id: z.number(),
  person: personSchema,
  /** "range": features from … to; "part": part `from` (0 …) of `to`; "list". */
  kind: z.enum(["range", "part", "list"]),
  from: z.number(),
  to: z.number(),
  assignedBy: personSchema,
  assignedAt: z.string(),
  ended: z.boolean(),
});
export type Assignment = z.infer<typeof assignmentSchema>;
/** @see assignmentSchema; a person by id. */
export const newAssignmentSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({
      person: z.string().max(100),
      kind: z.literal("range"),
      from: featureNumber,
      to: featureNumber,
    })
    .refine(({ from, to }) => from <= to, "A range goes from less to more."),
  z
    .strictObject({
      person: z.string().max(100),
      kind: z.literal("part"),
      /** Which part, from 0. */
      from: z.number().int().min(0),
      /** Of how many. */
      to: z.number().int().min(1).max(100),
    })
    .refine(({ from, to }) => from < to, "Parts are numbered from 0."),
  z.strictObject({
    person: z.string().max(100),
    kind: z.literal("list"),
    list: z.number().int().min(1),
  }),
]);
export const assignmentsSchema = z.object({
  assignments: z.array(assignmentSchema),
});

const answersBy = {
  /** Labels written and features called uninterpretable. */
  answers: z.number(),
  lastHour: z.number(),
};
/** How an SAE's queue works, and how far it has come. */
export const queueSchema = z.object({
  settings: queueSettingsSchema,
  mine: z.object(answersBy),
  team: z.object({
    lastHour: z.number(),
    people: z.array(z.object({ person: personSchema, ...answersBy })),
  }),
  /** Features by state; those nobody spoke of are unlabelled. */
  states: z.record(z.enum(FEATURE_STATES), z.number()),
  /** Live features, those that need no answer any more, answers missing. */
  live: z.number(),
  done: z.number(),
  missing: z.number(),
  /** At the pace of the last hour; null: there is none. */
  hoursLeft: z.number().nullable(),
  /** Who has a feature in hand now. */
  working: z.array(personSchema),
  assignments: z.array(assignmentSchema),
  /** Who may be given features; for those who may give them. */
  labellers: z.array(personSchema),
});
export type Queue = z.infer<typeof queueSchema>;
