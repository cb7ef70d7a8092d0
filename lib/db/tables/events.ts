import {
  blob,
  index,
  integer,
  sqliteTable,
  text,
} from "drizzle-orm/sqlite-core";

/**
 * What happened, in order, over everything people do with features. The truth:
 * all other tables of labelling are made of it (lib/db/events). Triggers keep
 * it append-only.
 */
export const events = sqliteTable(
  "events",
  {
    /** 1, 2, 3 … without gaps. */
    seq: integer("seq").primaryKey({ autoIncrement: true }),
    /** Made by the client (its idempotency key) or by the server. */
    id: text("id").notNull().unique(),
    at: text("at").notNull(),
    /** A person's id. */
    actor: text("actor").notNull(),
    /** A key of EVENT_KINDS. */
    kind: text("kind").notNull(),
    /** What it is about; null for what is about no one feature. */
    saeHash: text("sae_hash"),
    feature: integer("feature"),
    /** JSON, by the kind's schema. */
    payload: text("payload").notNull(),
    /** SHA-256 of the event before's and this one's contents. */
    chain: blob("chain", { mode: "buffer" }).notNull(),
  },
  (table) => [
    index("events_by_feature").on(table.saeHash, table.feature, table.seq),
    index("events_by_sae").on(table.saeHash, table.seq),
    index("events_by_actor").on(table.actor, table.seq),
  ],
);

/** Which events the projections hold, and by which rules they were made. */
export const projection = sqliteTable("projection", {
  id: integer("id").primaryKey(),
  version: integer("version").notNull(),
});
