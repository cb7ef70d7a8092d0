import {
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
} from "drizzle-orm/sqlite-core";

/** What was decided about taking a label over to another SAE. */
export const labelMoves = sqliteTable(
  "label_moves",
  {
    /** The SAE it was to come to. */
    saeHash: text("sae_hash").notNull(),
    originLabel: integer("origin_label").notNull(),
    /** The feature there that was proposed. */
    feature: integer("feature").notNull(),
    /** The label it became; null: it was rejected. */
    labelId: integer("label_id"),
    /** Of the two features' decoder directions. */
    cosine: real("cosine").notNull(),
    /** 1: each was the other's nearest. */
    mutual: integer("mutual").notNull(),
    person: text("person").notNull(),
    at: text("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.saeHash, table.originLabel] }),
    index("label_moves_by_label").on(table.labelId),
  ],
);
