import { z } from "zod";
import { featureRowSchema } from "./feature";
import {
  cursorSchema,
  limitSchema,
  manyLines,
  oneLine,
  personSchema,
} from "./text";

const version = z.number().int().min(1);

export const listSchema = z.object({
  id: z.number(),
  name: z.string(),
  description: z.string(),
  owner: personSchema,
  createdAt: z.string(),
  updatedAt: z.string(),
  /** Of name and description. */
  version: z.number(),
  deleted: z.boolean(),
  itemCount: z.number(),
});
export type List = z.infer<typeof listSchema>;

const described = {
  name: oneLine("The list's name", 120),
  description: manyLines("The description", 4000),
};
export const newListSchema = z.strictObject({
  ...described,
  description: described.description.default(""),
});
export const describeListSchema = z.strictObject({ ...described, version });

export const listsQuerySchema = z.object({
  cursor: cursorSchema,
  limit: limitSchema(50),
});
/** All lists, or one person's. */
export const allListsQuerySchema = listsQuerySchema.extend({
  owner: z.string().max(100).optional().describe("A person's id."),
});
export const listPageSchema = z.object({
  lists: z.array(listSchema),
  nextCursor: z.string().nullable(),
});
export type ListPage = z.infer<typeof listPageSchema>;

/** A feature as an address: the SAE's id and the feature's number. */
const address = { sae: z.string().max(200), feature: z.number().int().min(0) };
const note = manyLines("The note", 2000)
  .nullable()
  .transform((said) => (said === "" ? null : said));

export const addItemsSchema = z.strictObject({
  items: z
    .array(z.strictObject({ ...address, note: note.default(null) }))
    .min(1)
    .max(200),
});
export const removeItemsSchema = z.strictObject({
  items: z.array(z.strictObject(address)).min(1).max(200),
});
export const moveItemSchema = z.strictObject({
  ...address,
  /** The item it is to stand before; null: the end. Left out: it stays. */
  before: z.strictObject(address).nullable().optional(),
  note: note.optional(),
});

export const listItemSchema = z.object({
  /** Null when no SAE here has this content any more. */
  sae: z.string().nullable(),
  saeHash: z.string(),
  feature: z.number(),
  note: z.string().nullable(),
  addedBy: personSchema,
  addedAt: z.string(),
  /** The feature as lists show it, if it is indexed. */
  row: featureRowSchema.nullable(),
});
export const listDetailSchema = z.object({
  list: listSchema,
  items: z.array(listItemSchema),
  nextCursor: z.string().nullable(),
});
export type ListItem = z.infer<typeof listItemSchema>;
export type ListDetail = z.infer<typeof listDetailSchema>;

export const setBookmarkSchema = z.strictObject({ bookmarked: z.boolean() });
export const bookmarkSchema = z.object({ bookmarked: z.boolean() });
export const bookmarkPageSchema = z.object({
  bookmarks: z.array(
    z.object({
      sae: z.string().nullable(),
      saeHash: z.string(),
      feature: z.number(),
      at: z.string(),
      row: featureRowSchema.nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type BookmarkPage = z.infer<typeof bookmarkPageSchema>;
