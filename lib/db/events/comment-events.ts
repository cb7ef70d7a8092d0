import type { Database } from "better-sqlite3";
import { z } from "zod";
import { run } from "#lib/db/statement";
import { refreshFeature } from "./feature-state";
import { kind, place, type EventWith } from "./kind";

const comment = z.number().int().positive();
const version = z.number().int();
/** Ids of the people named in it. */
const mentions = z.array(z.string());

export const commentEvents = {
  "comment.posted": kind(
    z.object({
      comment,
      label: z.number().int().nullable(),
      parent: z.number().int().nullable(),
      text: z.string(),
      mentions,
    }),
    (db, event) => {
      const { saeHash, feature } = place(event);
      const { comment: id, label, parent, text } = event.payload;
      run(
        db,
        `INSERT INTO comments (id, sae_hash, feature, label_id, parent, author,
           text, created_at, updated_at, version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
        id,
        saeHash,
        feature,
        label,
        parent,
        event.actor,
        text,
        event.at,
        event.at,
      );
      mention(db, id, event.payload.mentions);
      refreshFeature(db, event);
    },
  ),
  "comment.edited": kind(
    z.object({ comment, version, text: z.string(), mentions }),
    (db, event) => {
      const { comment: id, text } = event.payload;
      run(
        db,
        "UPDATE comments SET text = ?, updated_at = ?, version = ? WHERE id = ?",
        text,
        event.at,
        event.payload.version,
        id,
      );
      run(db, "DELETE FROM mentions WHERE comment_id = ?", id);
      mention(db, id, event.payload.mentions);
      refreshFeature(db, event);
    },
  ),
  "comment.deleted": kind(z.object({ comment, version }), (db, event) => {
    mark(db, event, event.at);
  }),
  "comment.restored": kind(z.object({ comment, version }), (db, event) => {
    mark(db, event, null);
  }),
  /** The actor has seen where they are named, up to this comment. */
  "mentions.seen": kind(z.object({ comment }), (db, event) => {
    run(
      db,
      `INSERT OR REPLACE INTO mention_marks (person, comment_id)
       VALUES (?, ?)`,
      event.actor,
      event.payload.comment,
    );
  }),
};

function mention(db: Database, id: number, people: readonly string[]): void {
  for (const person of new Set(people)) {
    run(
      db,
      "INSERT INTO mentions (person, comment_id) VALUES (?, ?)",
      person,
      id,
    );
  }
}

function mark(
  db: Database,
  event: EventWith<{ comment: number; version: number }>,
  deletedAt: string | null,
): void {
  run(
    db,
    "UPDATE comments SET deleted_at = ?, updated_at = ?, version = ? WHERE id = ?",
    deletedAt,
    event.at,
    event.payload.version,
    event.payload.comment,
  );
  refreshFeature(db, event);
}
