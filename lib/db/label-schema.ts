import { sql } from "drizzle-orm";
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
} from "drizzle-orm/sqlite-core";

export * from "./people-schema";

/**
 * The label database: what people wrote. Precious, never touched by indexing.
 * A label hangs on the SAE's content hash and the feature's number, so it
 * outlives a new index. Times are ISO 8601, UTC.
 *
 * Triggers (in the migrations) keep `label_revisions` and `events`
 * append-only and `label_search`, the full-text index over the labels that
 * are not deleted, in step.
 */
export const labels = sqliteTable(
  "labels",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    saeHash: text("sae_hash").notNull(),
    feature: integer("feature").notNull(),
    text: text("text").notNull(),
    author: text("author").notNull(),
    createdAt: text("created_at").notNull(),
    updatedAt: text("updated_at").notNull(),
    /** Grows by one with every edit, deletion and restoration. */
    version: integer("version").notNull(),
    deletedAt: text("deleted_at"),
  },
  (table) => [
    index("labels_by_feature")
      .on(table.saeHash, table.feature)
      .where(sql`deleted_at IS NULL`),
    index("labels_by_time")
      .on(table.saeHash, table.updatedAt, table.id)
      .where(sql`deleted_at IS NULL`),
  ],
);

export const REVISION_KINDS = [
  "created",
  "edited",
  "deleted",
  "restored",
] as const;
export type RevisionKind = (typeof REVISION_KINDS)[number];

/** Every state a label was ever in. Kept for ever. */
export const labelRevisions = sqliteTable(
  "label_revisions",
  {
    labelId: integer("label_id")
      .notNull()
      .references(() => labels.id),
    version: integer("version").notNull(),
    kind: text("kind", { enum: REVISION_KINDS }).notNull(),
    text: text("text").notNull(),
    author: text("author").notNull(),
    at: text("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.labelId, table.version] })],
);

/** What happened, in order, over all labels. */
export const events = sqliteTable("events", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  at: text("at").notNull(),
  kind: text("kind").notNull(),
  author: text("author").notNull(),
  saeHash: text("sae_hash").notNull(),
  feature: integer("feature").notNull(),
  labelId: integer("label_id")
    .notNull()
    .references(() => labels.id),
});
