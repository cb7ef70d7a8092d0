import {
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
} from "drizzle-orm/sqlite-core";

/** How an SAE's queue works; see lib/queue-rules. No row: QUEUE_START. */
export const queueSettings = sqliteTable("queue_settings", {
  saeHash: text("sae_hash").primaryKey(),
  order: text("ordering").notNull(),
  share: real("share").notNull(),
  target: integer("target").notNull(),
  /** 1 yes, 0 no. */
  blind: integer("blind").notNull(),
  seed: integer("seed").notNull(),
  setBy: text("set_by").notNull(),
  setAt: text("set_at").notNull(),
});

/** Features a person went on from without an answer. */
export const queueSkips = sqliteTable(
  "queue_skips",
  {
    saeHash: text("sae_hash").notNull(),
    person: text("person").notNull(),
    feature: integer("feature").notNull(),
    reason: text("reason").notNull(),
    at: text("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.saeHash, table.person, table.feature] }),
  ],
);

/** Features that are one person's to label; `from` and `to` by the kind. */
export const queueAssignments = sqliteTable(
  "queue_assignments",
  {
    id: integer("id").primaryKey(),
    saeHash: text("sae_hash").notNull(),
    person: text("person").notNull(),
    /** "range": numbers from … to; "part": part `from` of `to`; "list". */
    kind: text("kind").notNull(),
    from: integer("first").notNull(),
    to: integer("last").notNull(),
    assignedBy: text("assigned_by").notNull(),
    assignedAt: text("assigned_at").notNull(),
    endedAt: text("ended_at"),
  },
  (table) => [
    index("queue_assignments_by_sae").on(
      table.saeHash,
      table.endedAt,
      table.id,
    ),
  ],
);

/** How often a person answered: wrote a label or said "uninterpretable". */
export const queueWork = sqliteTable(
  "queue_work",
  {
    saeHash: text("sae_hash").notNull(),
    person: text("person").notNull(),
    answers: integer("answers").notNull(),
  },
  (table) => [primaryKey({ columns: [table.saeHash, table.person] })],
);

/** The same by the minute, "2026-01-01T12:34". */
export const queueMinutes = sqliteTable(
  "queue_minutes",
  {
    saeHash: text("sae_hash").notNull(),
    minute: text("minute").notNull(),
    person: text("person").notNull(),
    answers: integer("answers").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.saeHash, table.minute, table.person] }),
  ],
);
