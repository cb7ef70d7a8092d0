/**
 * The label database: what people wrote. Precious, never touched by indexing.
 * `events` is the truth; the other tables of labelling are made of it, by the
 * functions of lib/db/events. Times are ISO 8601, UTC. Triggers and full-text
 * tables, which drizzle does not know, are in the migrations.
 */
export * from "./tables/comments";
export * from "./tables/events";
export * from "./tables/labels";
export * from "./tables/lists";
export * from "./tables/moves";
export * from "./tables/opinions";
export * from "./tables/queue";
export * from "./tables/quizzes";
export * from "./people-schema";
