/**
 * Every kind of event: what it holds and what it does to the projections.
 *
 * A new kind is an entry in one of these files or a new file beside them,
 * spread in below. A new projection table is declared in lib/db/tables, made
 * by a migration and named in PROJECTIONS; when what an old kind does to the
 * projections changes, PROJECTION_VERSION grows, and `npm run migrate` makes
 * them anew.
 */
import type { EventWith, Kind } from "./kind";
import { commentEvents } from "./comment-events";
import { labelEvents } from "./label-events";
import { listEvents } from "./list-events";
import { moveEvents } from "./move-events";
import { opinionEvents } from "./opinion-events";
import { queueEvents } from "./queue-events";
import { quizEvents } from "./quiz-events";
import { voteEvents } from "./vote-events";

export const EVENT_KINDS = {
  ...labelEvents,
  ...voteEvents,
  ...commentEvents,
  ...opinionEvents,
  ...listEvents,
  ...queueEvents,
  ...quizEvents,
  ...moveEvents,
};
export type EventKind = keyof typeof EVENT_KINDS;
export type Payload<K extends EventKind> =
  (typeof EVENT_KINDS)[K] extends Kind<infer P> ? P : never;

/** By which rules the projections were made. */
export const PROJECTION_VERSION = 2;

/** The tables that are made of events alone, and can be made again. */
export const PROJECTIONS = [
  "labels",
  "label_revisions",
  "votes",
  "feature_states",
  "sae_counts",
  "comments",
  "mentions",
  "mention_marks",
  "rubrics",
  "flags",
  "lists",
  "list_items",
  "bookmarks",
  "queue_settings",
  "queue_skips",
  "queue_assignments",
  "queue_work",
  "queue_minutes",
  "quiz_answers",
  "quiz_marks",
  "label_scores",
  "label_moves",
] as const;

/** Kinds that nobody but the actor is told of. */
export const PRIVATE_KINDS: readonly string[] = [
  "bookmark.set",
  "bookmark.cleared",
  // It says in which contexts the feature fires; others may be asked about them.
  "quiz.answered",
  "mentions.seen",
] satisfies EventKind[];

export function isEventKind(kind: string): kind is EventKind {
  return Object.hasOwn(EVENT_KINDS, kind);
}

export type { EventWith, LabelContents };
import type { LabelContents } from "./label-events";
