import { z } from "zod";
import { FEATURE_STATES } from "#lib/label-rules";
import { manyLines, oneLine, personSchema } from "./text";

export const LABEL_MAX = 512;
export const labelTextSchema = oneLine("The label", LABEL_MAX);

const version = z.number().int().min(1);
const confidence = z.enum(["low", "medium", "high"]).nullable();
const tags = z
  .array(oneLine("A tag", 40))
  .max(12, "A label has at most 12 tags.")
  .transform((list) => [...new Set(list)]);
/** No note and an empty one are the same. */
const note = manyLines("The note", 2000)
  .nullable()
  .transform((said) => (said === "" ? null : said));

const said = {
  text: z.string(),
  note: z.string().nullable(),
  confidence,
  tags: z.array(z.string()),
};

export const labelSchema = z.object({
  id: z.number(),
  feature: z.number(),
  ...said,
  /** Who wrote its first version. */
  author: personSchema,
  /** Who wrote what it says now. */
  editor: personSchema,
  createdAt: z.string(),
  updatedAt: z.string(),
  /** Starts at 1, grows by 1 with each change. */
  version: z.number(),
  deleted: z.boolean(),
  /** Votes for and against its present text. */
  up: z.number(),
  down: z.number(),
  /** One's own: 1, −1 or 0. */
  myVote: z.number(),
  /** The one accepted label of its feature. */
  accepted: z.boolean(),
  /** The maintainer who decided for it. */
  acceptedBy: personSchema.nullable(),
  /** The label of another SAE's feature that it was taken over from. */
  origin: z
    .object({
      /** Null when no SAE here has its content any more. */
      sae: z.string().nullable(),
      feature: z.number(),
      /** Of the two features' decoder directions. */
      cosine: z.number(),
    })
    .optional(),
});
export type Label = z.infer<typeof labelSchema>;

export const newLabelSchema = z.strictObject({
  text: labelTextSchema,
  note: note.default(null),
  confidence: confidence.default(null),
  tags: tags.default([]),
});

/** An edit names the version it was made from; another's edit is a conflict. */
export const editLabelSchema = z.strictObject({
  text: labelTextSchema.optional(),
  note: note.optional(),
  confidence: confidence.optional(),
  tags: tags.optional(),
  version,
  /** A maintainer's: the text means the same, so its votes stay. */
  minor: z.boolean().optional(),
});

/** Deletes or restores the version one has seen. */
export const versionSchema = z.strictObject({ version });

export const revertLabelSchema = z.strictObject({
  version,
  /** The version whose contents come back. */
  to: version,
});

export const voteSchema = z.strictObject({
  value: z.union([z.literal(1), z.literal(-1), z.literal(0)]),
  /** The version that was voted on. */
  version,
});

export const acceptSchema = z.strictObject({ accepted: z.boolean(), version });

export const labelListSchema = z.object({ labels: z.array(labelSchema) });

export const labelRevisionSchema = z.object({
  version: z.number(),
  ...said,
  author: personSchema,
  at: z.string(),
  kind: z.enum(["created", "edited", "reverted", "deleted", "restored"]),
});
export const labelHistorySchema = z.object({
  label: labelSchema,
  revisions: z.array(labelRevisionSchema),
});
export type LabelHistory = z.infer<typeof labelHistorySchema>;

export const labelDiffQuerySchema = z.object({
  from: z.coerce.number().int().min(1),
  to: z.coerce.number().int().min(1),
});
const diffParts = z.array(
  z.object({
    text: z.string(),
    change: z.enum(["same", "added", "removed"]),
  }),
);
/** What became of a label between two of its versions, word by word. */
export const labelDiffSchema = z.object({
  from: labelRevisionSchema,
  to: labelRevisionSchema,
  text: diffParts,
  note: diffParts,
});
export type LabelDiff = z.infer<typeof labelDiffSchema>;

export const votesQuerySchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const votePageSchema = z.object({
  votes: z.array(
    z.object({ person: personSchema, value: z.number(), at: z.string() }),
  ),
  nextCursor: z.string().nullable(),
});

/** What a feature is called and how far people agree; docs/labels.md. */
export const featureStateSchema = z.object({
  state: z.enum(FEATURE_STATES),
  acceptedLabel: z.number().nullable(),
  shownLabel: z.number().nullable(),
  labelCount: z.number(),
  labelAuthors: z.number(),
  commentCount: z.number(),
  flagCount: z.number(),
  /** Number and time of the newest event about it. */
  lastSeq: z.number(),
  lastAt: z.string().nullable(),
});
