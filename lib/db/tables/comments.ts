import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
} from "drizzle-orm/sqlite-core";

export const comments = sqliteTable(
  "comments",
  {
    id: integer("id").primaryKey(),
    saeHash: text("sae_hash").notNull(),
    feature: integer("feature").notNull(),
    /** The label it is about; null: the feature. */
    labelId: integer("label_id"),
    /** The comment it answers. */
    parent: integer("parent"),
    author: text("author").notNull(),
    text: text("text").notNull(),
    createdAt: text("created_at").notNull(),
    updatedAt: text("updated_at").notNull(),
    version: integer("version").notNull(),
    deletedAt: text("deleted_at"),
  },
  (table) => [
    index("comments_by_feature").on(table.saeHash, table.feature, table.id),
  ],
);

/** Up to which comment people have seen where they are named. */
export const mentionMarks = sqliteTable("mention_marks", {
  person: text("person").primaryKey(),
  commentId: integer("comment_id").notNull(),
});

/** Who is named in which comment. */
export const mentions = sqliteTable(
  "mentions",
  {
    person: text("person").notNull(),
    commentId: integer("comment_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.person, table.commentId] }),
    index("mentions_by_comment").on(table.commentId),
  ],
);
