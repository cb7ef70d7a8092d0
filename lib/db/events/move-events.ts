import type { Database } from "better-sqlite3";
import { z } from "zod";
import { run } from "#lib/db/statement";
import { kind, place, type EventWith } from "./kind";

const origin = z.number().int().positive();
/** How near the two features were when it was decided. */
const nearness = { cosine: z.number(), mutual: z.boolean() };

export const moveEvents = {
  /** Follows the event that made the new label. */
  "move.accepted": kind(
    z.object({ origin, label: z.number().int().positive(), ...nearness }),
    (db, event) => {
      decide(db, event, event.payload.label);
    },
  ),
  "move.rejected": kind(z.object({ origin, ...nearness }), (db, event) => {
    decide(db, event, null);
  }),
  /** A rejection taken back. */
  "move.reopened": kind(z.object({ origin }), (db, event) => {
    run(
      db,
      "DELETE FROM label_moves WHERE sae_hash = ? AND origin_label = ?",
      place(event).saeHash,
      event.payload.origin,
    );
  }),
};

function decide(
  db: Database,
  event: EventWith<{ origin: number; cosine: number; mutual: boolean }>,
  label: number | null,
): void {
  const { saeHash, feature } = place(event);
  const { origin: from, cosine, mutual } = event.payload;
  run(
    db,
    `INSERT OR REPLACE INTO label_moves (sae_hash, origin_label, feature,
       label_id, cosine, mutual, person, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    saeHash,
    from,
    feature,
    label,
    cosine,
    Number(mutual),
    event.actor,
    event.at,
  );
}
