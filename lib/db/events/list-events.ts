import type { Database } from "better-sqlite3";
import { z } from "zod";
import { run } from "#lib/db/statement";
import { kind, place, type EventWith } from "./kind";

const list = z.number().int().positive();
const version = z.number().int();

export const listEvents = {
  "list.created": kind(
    z.object({ list, name: z.string(), description: z.string() }),
    (db, event) => {
      const { list: id, name, description } = event.payload;
      run(
        db,
        `INSERT INTO lists (id, name, description, owner, created_at,
           updated_at, version)
         VALUES (?, ?, ?, ?, ?, ?, 1)`,
        id,
        name,
        description,
        event.actor,
        event.at,
        event.at,
      );
    },
  ),
  /** A new name or description. */
  "list.described": kind(
    z.object({ list, version, name: z.string(), description: z.string() }),
    (db, event) => {
      run(
        db,
        `UPDATE lists SET name = ?, description = ?, version = ?,
           updated_at = ? WHERE id = ?`,
        event.payload.name,
        event.payload.description,
        event.payload.version,
        event.at,
        event.payload.list,
      );
    },
  ),
  "list.deleted": kind(z.object({ list, version }), (db, event) => {
    mark(db, event, event.at);
  }),
  "list.restored": kind(z.object({ list, version }), (db, event) => {
    mark(db, event, null);
  }),
  /** The event's feature joins the list. */
  "list.added": kind(
    z.object({ list, position: z.number(), note: z.string().nullable() }),
    (db, event) => {
      const { saeHash, feature } = place(event);
      run(
        db,
        `INSERT INTO list_items (list_id, sae_hash, feature, position, note,
           added_by, added_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        event.payload.list,
        saeHash,
        feature,
        event.payload.position,
        event.payload.note,
        event.actor,
        event.at,
      );
      touch(db, event, 1);
    },
  ),
  /** Another place or note for the event's feature. */
  "list.moved": kind(
    z.object({ list, position: z.number(), note: z.string().nullable() }),
    (db, event) => {
      const { saeHash, feature } = place(event);
      run(
        db,
        `UPDATE list_items SET position = ?, note = ?
         WHERE list_id = ? AND sae_hash = ? AND feature = ?`,
        event.payload.position,
        event.payload.note,
        event.payload.list,
        saeHash,
        feature,
      );
      touch(db, event, 0);
    },
  ),
  "list.removed": kind(z.object({ list }), (db, event) => {
    const { saeHash, feature } = place(event);
    run(
      db,
      "DELETE FROM list_items WHERE list_id = ? AND sae_hash = ? AND feature = ?",
      event.payload.list,
      saeHash,
      feature,
    );
    touch(db, event, -1);
  }),
  /** Places are whole numbers again, in the same order. */
  "list.renumbered": kind(z.object({ list }), (db, event) => {
    run(
      db,
      `UPDATE list_items SET position = ranked.place
       FROM (SELECT sae_hash, feature,
               row_number() OVER (ORDER BY position, sae_hash, feature) AS place
             FROM list_items WHERE list_id = ?) AS ranked
       WHERE list_id = ? AND list_items.sae_hash = ranked.sae_hash
         AND list_items.feature = ranked.feature`,
      event.payload.list,
      event.payload.list,
    );
  }),
  "bookmark.set": kind(z.object({}), (db, event) => {
    const { saeHash, feature } = place(event);
    run(
      db,
      `INSERT OR REPLACE INTO bookmarks (person, sae_hash, feature, seq, at)
       VALUES (?, ?, ?, ?, ?)`,
      event.actor,
      saeHash,
      feature,
      event.seq,
      event.at,
    );
  }),
  "bookmark.cleared": kind(z.object({}), (db, event) => {
    const { saeHash, feature } = place(event);
    run(
      db,
      "DELETE FROM bookmarks WHERE person = ? AND sae_hash = ? AND feature = ?",
      event.actor,
      saeHash,
      feature,
    );
  }),
};

function mark(
  db: Database,
  event: EventWith<{ list: number; version: number }>,
  deletedAt: string | null,
): void {
  run(
    db,
    "UPDATE lists SET deleted_at = ?, updated_at = ?, version = ? WHERE id = ?",
    deletedAt,
    event.at,
    event.payload.version,
    event.payload.list,
  );
}

function touch(
  db: Database,
  event: EventWith<{ list: number }>,
  more: number,
): void {
  run(
    db,
    "UPDATE lists SET item_count = item_count + ?, updated_at = ? WHERE id = ?",
    more,
    event.at,
    event.payload.list,
  );
}
