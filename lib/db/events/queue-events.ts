import { z } from "zod";
import { run } from "#lib/db/statement";
import { QUEUE_ORDERS, SKIP_REASONS } from "#lib/queue-rules";
import { kind, place, type EventWith } from "./kind";

const assignment = z.number().int().positive();

export const queueEvents = {
  /** How the queue works from now on. */
  "queue.set": kind(
    z.object({
      order: z.enum(QUEUE_ORDERS),
      share: z.number(),
      target: z.number().int(),
      blind: z.boolean(),
      seed: z.number().int(),
    }),
    (db, event) => {
      const { order, share, target, blind, seed } = event.payload;
      run(
        db,
        `INSERT OR REPLACE INTO queue_settings (sae_hash, ordering, share,
           target, blind, seed, set_by, set_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        saeOf(event),
        order,
        share,
        target,
        Number(blind),
        seed,
        event.actor,
        event.at,
      );
    },
  ),
  /** Somebody goes on without an answer. */
  "queue.skipped": kind(
    z.object({ reason: z.enum(SKIP_REASONS) }),
    (db, event) => {
      const { saeHash, feature } = place(event);
      run(
        db,
        `INSERT OR REPLACE INTO queue_skips (sae_hash, person, feature, reason,
           at) VALUES (?, ?, ?, ?, ?)`,
        saeHash,
        event.actor,
        feature,
        event.payload.reason,
        event.at,
      );
    },
  ),
  /** They want it back. */
  "queue.unskipped": kind(z.object({}), (db, event) => {
    const { saeHash, feature } = place(event);
    run(
      db,
      `DELETE FROM queue_skips WHERE sae_hash = ? AND person = ?
       AND feature = ?`,
      saeHash,
      event.actor,
      feature,
    );
  }),
  /** Features are one person's to label. */
  "queue.assigned": kind(
    z.object({
      assignment,
      person: z.string(),
      kind: z.enum(["range", "part", "list"]),
      from: z.number().int(),
      to: z.number().int(),
    }),
    (db, event) => {
      const { assignment: id, person, kind, from, to } = event.payload;
      run(
        db,
        `INSERT INTO queue_assignments (id, sae_hash, person, kind, first, last,
           assigned_by, assigned_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        id,
        saeOf(event),
        person,
        kind,
        from,
        to,
        event.actor,
        event.at,
      );
    },
  ),
  "queue.unassigned": kind(z.object({ assignment }), (db, event) => {
    run(
      db,
      "UPDATE queue_assignments SET ended_at = ? WHERE id = ?",
      event.at,
      event.payload.assignment,
    );
  }),
};

function saeOf({ saeHash }: EventWith<unknown>): string {
  if (saeHash !== null) return saeHash;
  throw new Error("This event must be about an SAE.");
}
