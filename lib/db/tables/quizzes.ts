import { sql } from "drizzle-orm";
import {
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
} from "drizzle-orm/sqlite-core";

/** A context of a quiz, with the truth; never sent before it is answered. */
export interface QuizContext {
  sequence: number;
  /** First token of the part shown. */
  start: number;
  fires: boolean;
  /** Quantile group (0 = weakest fifth) of a firing one, else null. */
  group: number | null;
  /** Why a silent one is asked about, else null; see SILENCE_REASONS. */
  reason: string | null;
  /** Where the feature fires in it, and how strongly. */
  positions: number[];
  values: number[];
}

/**
 * Quizzes as they were handed out. Not made of events: one that nobody answers
 * expires. They stay, so that nobody is shown the same context twice.
 */
export const quizzes = sqliteTable(
  "quizzes",
  {
    id: text("id").primaryKey(),
    person: text("person").notNull(),
    saeHash: text("sae_hash").notNull(),
    feature: integer("feature").notNull(),
    labelId: integer("label_id").notNull(),
    textVersion: integer("text_version").notNull(),
    /** What the label said. */
    labelText: text("label_text").notNull(),
    /** In the order in which they are shown. */
    contexts: text("contexts", { mode: "json" })
      .$type<QuizContext[]>()
      .notNull(),
    handedAt: text("handed_at").notNull(),
    expiresAt: text("expires_at").notNull(),
    /** When it was answered or put aside. */
    closedAt: text("closed_at"),
  },
  (table) => [
    index("quizzes_by_person").on(
      table.person,
      table.saeHash,
      table.feature,
      table.labelId,
    ),
    index("quizzes_open")
      .on(table.person, table.saeHash)
      .where(sql`closed_at IS NULL`),
  ],
);

/** Answers to quizzes, made of events. */
export const quizAnswers = sqliteTable(
  "quiz_answers",
  {
    quiz: text("quiz").primaryKey(),
    saeHash: text("sae_hash").notNull(),
    feature: integer("feature").notNull(),
    labelId: integer("label_id").notNull(),
    textVersion: integer("text_version").notNull(),
    person: text("person").notNull(),
    at: text("at").notNull(),
    hits: integer("hits").notNull(),
    misses: integer("misses").notNull(),
    falseAlarms: integer("false_alarms").notNull(),
    rejections: integer("rejections").notNull(),
  },
  (table) => [
    index("quiz_answers_by_label").on(table.labelId, table.textVersion),
  ],
);

/** Each context of an answered quiz, and what was marked. */
export const quizMarks = sqliteTable(
  "quiz_marks",
  {
    saeHash: text("sae_hash").notNull(),
    labelId: integer("label_id").notNull(),
    textVersion: integer("text_version").notNull(),
    sequence: integer("sequence").notNull(),
    start: integer("start").notNull(),
    person: text("person").notNull(),
    /** 1 yes, 0 no. */
    fires: integer("fires").notNull(),
    marked: integer("marked").notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.saeHash,
        table.labelId,
        table.textVersion,
        table.sequence,
        table.start,
        table.person,
      ],
    }),
  ],
);

/** What the quizzes about a label's present text say of it. */
export const labelScores = sqliteTable(
  "label_scores",
  {
    labelId: integer("label_id").primaryKey(),
    saeHash: text("sae_hash").notNull(),
    feature: integer("feature").notNull(),
    /** The text they were about. */
    textVersion: integer("text_version").notNull(),
    /** 1: the label still says it and is not deleted. Kept by a trigger. */
    live: integer("live").notNull(),
    quizzes: integer("quizzes").notNull(),
    people: integer("people").notNull(),
    hits: integer("hits").notNull(),
    misses: integer("misses").notNull(),
    falseAlarms: integer("false_alarms").notNull(),
    rejections: integer("rejections").notNull(),
    /** See lib/label-score.ts. */
    accuracy: real("accuracy").notNull(),
    lower: real("lower").notNull(),
    upper: real("upper").notNull(),
  },
  (table) => [
    index("label_scores_ranked")
      .on(table.saeHash, table.lower, table.labelId)
      .where(sql`live = 1`),
    index("label_scores_doubted")
      .on(table.saeHash, table.upper, table.labelId)
      .where(sql`live = 1`),
  ],
);
