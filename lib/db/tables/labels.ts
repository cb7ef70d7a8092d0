import { sql } from "drizzle-orm";
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
} from "drizzle-orm/sqlite-core";

export const CONFIDENCES = ["low", "medium", "high"] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** What a label says. */
const contents = {
  text: text("text").notNull(),
  note: text("note"),
  confidence: text("confidence", { enum: CONFIDENCES }),
  tags: text("tags", { mode: "json" }).$type<string[]>().notNull(),
};

/**
 * Labels as they stand. A label hangs on the SAE's content hash and the
 * feature's number, so it outlives a new index. `label_search`, the full-text
 * index over those not deleted, is kept in step by triggers.
 */
export const labels = sqliteTable(
  "labels",
  {
    id: integer("id").primaryKey(),
    saeHash: text("sae_hash").notNull(),
    feature: integer("feature").notNull(),
    ...contents,
    /** Who wrote its first version. */
    author: text("author").notNull(),
    /** Who wrote what it says now. */
    editor: text("editor").notNull(),
    createdAt: text("created_at").notNull(),
    updatedAt: text("updated_at").notNull(),
    /** Grows by one with every edit, deletion and restoration. */
    version: integer("version").notNull(),
    /** The version that brought its present text: votes are for a text. */
    textVersion: integer("text_version").notNull(),
    deletedAt: text("deleted_at"),
    up: integer("up").notNull().default(0),
    down: integer("down").notNull().default(0),
    /** The maintainer who decided for it. */
    acceptedBy: text("accepted_by"),
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
  "reverted",
  "deleted",
  "restored",
] as const;
export type RevisionKind = (typeof REVISION_KINDS)[number];

/** Every state a label was ever in. */
export const labelRevisions = sqliteTable(
  "label_revisions",
  {
    labelId: integer("label_id").notNull(),
    version: integer("version").notNull(),
    kind: text("kind", { enum: REVISION_KINDS }).notNull(),
    ...contents,
    author: text("author").notNull(),
    at: text("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.labelId, table.version] })],
);

/** One vote a person and label, for the text the label has now. */
export const votes = sqliteTable(
  "votes",
  {
    labelId: integer("label_id").notNull(),
    person: text("person").notNull(),
    value: integer("value").notNull(),
    at: text("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.labelId, table.person] })],
);

/** What is known of a feature by its labels and flags, kept in step. */
export const featureStates = sqliteTable(
  "feature_states",
  {
    saeHash: text("sae_hash").notNull(),
    feature: integer("feature").notNull(),
    /** See `verdict` in lib/label-rules.ts. */
    state: text("state").notNull(),
    acceptedLabel: integer("accepted_label"),
    /** What lists show: the accepted label, else the best. */
    shownLabel: integer("shown_label"),
    labelCount: integer("label_count").notNull(),
    /** Different people who wrote one of its labels. */
    labelAuthors: integer("label_authors").notNull(),
    /** Different people who did, or called it uninterpretable. */
    answers: integer("answers").notNull().default(0),
    commentCount: integer("comment_count").notNull(),
    flagCount: integer("flag_count").notNull(),
    lastSeq: integer("last_seq").notNull(),
    lastAt: text("last_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.saeHash, table.feature] }),
    index("feature_states_by_state").on(
      table.saeHash,
      table.state,
      table.feature,
    ),
    index("feature_states_labelled")
      .on(table.saeHash, table.feature)
      .where(sql`label_count > 0`),
    index("feature_states_by_activity").on(table.saeHash, table.lastSeq),
  ],
);

/** How many features of an SAE are in a state, or "labelled". */
export const saeCounts = sqliteTable(
  "sae_counts",
  {
    saeHash: text("sae_hash").notNull(),
    what: text("what").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.saeHash, table.what] })],
);
