import {
  integer,
  primaryKey,
  sqliteTable,
  text,
} from "drizzle-orm/sqlite-core";

/** One person's marks for a feature; each is 0 to 3, or null: not given. */
export const rubrics = sqliteTable(
  "rubrics",
  {
    saeHash: text("sae_hash").notNull(),
    feature: integer("feature").notNull(),
    person: text("person").notNull(),
    confidence: integer("confidence"),
    activations: integer("activations"),
    logits: integer("logits"),
    specificity: integer("specificity"),
    /** 1 yes, 0 no. */
    monosemantic: integer("monosemantic"),
    /** The quantile group (0 = weakest fifth) that does not fit. */
    breaksAt: integer("breaks_at"),
    at: text("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.saeHash, table.feature, table.person] }),
  ],
);

export const FLAGS = [
  "dead",
  "duplicate",
  "polysemantic",
  "uninterpretable",
] as const;
export type Flag = (typeof FLAGS)[number];

/** What a person says is the matter with a feature. */
export const flags = sqliteTable(
  "flags",
  {
    saeHash: text("sae_hash").notNull(),
    feature: integer("feature").notNull(),
    flag: text("flag", { enum: FLAGS }).notNull(),
    person: text("person").notNull(),
    /** The feature it is a duplicate of. */
    duplicateOf: integer("duplicate_of"),
    note: text("note"),
    /** 1: a maintainer's, which decides. */
    decisive: integer("decisive").notNull(),
    at: text("at").notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.saeHash, table.feature, table.flag, table.person],
    }),
  ],
);
