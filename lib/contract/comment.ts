import { z } from "zod";
import { cursorSchema, limitSchema, manyLines, personSchema } from "./text";

export const COMMENT_MAX = 4000;
const version = z.number().int().min(1);
const text = manyLines("The comment", COMMENT_MAX).refine(
  (said) => said !== "",
  "The comment is empty.",
);

export const commentSchema = z.object({
  id: z.number(),
  feature: z.number(),
  /** The label it is about; null: the feature. */
  label: z.number().nullable(),
  /** The comment it answers. */
  parent: z.number().nullable(),
  author: personSchema,
  /** Empty when deleted. People are named as "@name". */
  text: z.string(),
  /** Those of the people it names who are known. */
  mentions: z.array(personSchema),
  createdAt: z.string(),
  updatedAt: z.string(),
  version: z.number(),
  deleted: z.boolean(),
});
export type Comment = z.infer<typeof commentSchema>;

export const newCommentSchema = z.strictObject({
  text,
  label: z.number().int().positive().nullable().default(null),
  parent: z.number().int().positive().nullable().default(null),
});
export const editCommentSchema = z.strictObject({ text, version });

export const commentsQuerySchema = z.object({
  cursor: cursorSchema,
  limit: limitSchema(100),
});
/** Oldest first; deleted ones hold a thread together. */
export const commentPageSchema = z.object({
  comments: z.array(commentSchema),
  nextCursor: z.string().nullable(),
});
