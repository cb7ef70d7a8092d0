import { z } from "zod";
import {
  labelTextSchema,
  manyLines,
  newCommentSchema,
  newLabelSchema,
  newListSchema,
  oneLine,
} from "#lib/contract/index";
import { FLAGS } from "#lib/db/index";

/** Kinds of rows, in the order they are written and must be read. */
export const ROW_TYPES = [
  "label",
  "vote",
  "comment",
  "rubric",
  "flag",
  "quiz",
  "list",
  "listItem",
] as const;
export type RowType = (typeof ROW_TYPES)[number];

const ID = /^[\w.:#-]{1,120}$/;
/** The id of the event that made it: stays the same wherever it goes. */
const id = z
  .string()
  .regex(
    ID,
    "An id has 1 to 120 letters, digits, dots, colons, dashes and signs like # or _.",
  );
const reference = (what: string) =>
  z.string(`Name the ${what} by its id.`).regex(ID, `This is no ${what}'s id.`);

const author = oneLine("The author's name", 60).refine(
  (name) => !/[\p{Default_Ignorable_Code_Point}\p{C}]/u.test(name),
  "The author's name holds characters that cannot be seen.",
);
const time = z
  .string()
  .max(40)
  .refine((text) => !Number.isNaN(Date.parse(text)), "This is no time.")
  .transform((text) => new Date(text).toISOString());
const feature = z
  .number("The feature is a whole number from 0.")
  .int("The feature is a whole number from 0.")
  .min(0, "The feature is a whole number from 0.");
const version = newLabelSchema.shape;

const written = {
  id: id.optional(),
  author: author.optional(),
  createdAt: time.optional(),
};
/** Which feature; the hash counts, the name is for people. */
const place = {
  sae: z.string().max(200).optional(),
  saeHash: z.string().max(128).optional(),
  feature,
};
/** `sequence:start:fires:marked`: a context that a quiz asked about. */
const CONTEXT = /^\d{1,10}:\d{1,6}:[01]:[01]$/;
const edited = { editor: author.optional(), updatedAt: time.optional() };
const mark = z
  .number("A mark is 0 to 3.")
  .int("A mark is 0 to 3.")
  .min(0, "A mark is 0 to 3.")
  .max(3, "A mark is 0 to 3.")
  .nullable()
  .default(null);
const note = manyLines("The note", 2000)
  .nullable()
  .default(null)
  .transform((said) => (said === "" ? null : said));

export const rowSchemas = {
  label: z.object({
    ...written,
    ...place,
    ...edited,
    text: labelTextSchema,
    note: version.note,
    confidence: version.confidence,
    tags: version.tags,
    /** The maintainer who decided for it. */
    acceptedBy: author.nullable().default(null),
  }),
  vote: z.object({
    ...written,
    ...place,
    label: reference("label"),
    value: z.union([z.literal(1), z.literal(-1)], "A vote is 1 or -1."),
    /** What the label said: the vote is for that. */
    text: z.string().nullable().default(null),
  }),
  comment: z
    .object({
      ...written,
      ...place,
      ...edited,
      label: reference("label").nullable().default(null),
      parent: reference("comment").nullable().default(null),
      text: z.string().default(""),
      deleted: z.boolean().default(false),
    })
    .transform((row, context) => {
      // Of a deleted one only its place in the thread is left.
      if (row.deleted) return { ...row, text: "" };
      const text = newCommentSchema.shape.text.safeParse(row.text);
      if (text.success) return { ...row, text: text.data };
      context.addIssue(text.error.issues[0]!.message);
      return z.NEVER;
    }),
  rubric: z.object({
    ...written,
    ...place,
    confidence: mark,
    activations: mark,
    logits: mark,
    specificity: mark,
    monosemantic: z.boolean().nullable().default(null),
    breaksAt: z.number().int().min(0).max(20).nullable().default(null),
  }),
  flag: z
    .object({
      ...written,
      ...place,
      flag: z.enum(FLAGS, `A flag is one of ${FLAGS.join(", ")}.`),
      duplicateOf: feature.nullable().default(null),
      note,
      /** A maintainer's. */
      decisive: z.boolean().default(false),
    })
    .refine(
      ({ flag, duplicateOf }) =>
        (flag === "duplicate") === (duplicateOf !== null),
      "A duplicate names the feature it is a duplicate of; other flags name none.",
    ),
  quiz: z.object({
    ...written,
    ...place,
    label: reference("label"),
    /** What the label said: the answer is about that. */
    text: z.string("Say what the label said."),
    contexts: z
      .array(z.string().regex(CONTEXT, "A context of a quiz cannot be read."))
      .max(100, "A quiz has at most 100 contexts.")
      .default([])
      .refine(
        (contexts) => contexts.length > 0,
        "The contexts are left out of it: only what a maintainer exports has them.",
      )
      .transform((contexts) =>
        contexts.map((context) => {
          const [sequence, start, fires, marked] = context
            .split(":")
            .map(Number);
          return {
            sequence: sequence!,
            start: start!,
            fires: fires === 1,
            marked: marked === 1,
          };
        }),
      ),
  }),
  list: z.object({
    ...written,
    name: newListSchema.shape.name,
    description: newListSchema.shape.description,
  }),
  listItem: z.object({ ...written, ...place, list: reference("list"), note }),
};

type Typed<T extends RowType> = { type: T } & z.output<(typeof rowSchemas)[T]>;
/** A row as it was read. */
export type Row = { [T in RowType]: Typed<T> }[RowType];
export type RowOf<T extends RowType> = Extract<Row, { type: T }>;

/**
 * A row as it is written: everything that is known of it, nothing that would
 * differ elsewhere, such as numbers of labels and people.
 */
export type WrittenRow = { type: RowType; id: string } & Record<
  string,
  string | number | boolean | null | readonly string[]
>;

/** A row of a file, or why it is none. */
export function parseRow(value: unknown): Row | { problem: string } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { problem: "The row is no object." };
  }
  const { type = "label" } = value as { type?: unknown };
  const known = ROW_TYPES.find((name) => name === type);
  if (known === undefined) {
    return { problem: `A row's type is one of ${ROW_TYPES.join(", ")}.` };
  }
  const parsed = rowSchemas[known].safeParse(withoutNulls(value));
  if (!parsed.success) return { problem: problemOf(parsed.error) };
  return { type: known, ...parsed.data } as Row;
}

/** What is null is not said. */
function withoutNulls(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(([, held]) => held !== null),
  );
}

function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path.join(".") ?? "";
  const message = issue?.message ?? "The row cannot be read.";
  // Sentences of our own say what they are about.
  return message.startsWith("Invalid") ? `${field}: ${message}.` : message;
}
