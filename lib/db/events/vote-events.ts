import type { Database } from "better-sqlite3";
import { z } from "zod";
import { run } from "#lib/db/statement";
import { refreshFeature } from "./feature-state";
import { kind, place, type EventWith } from "./kind";

const label = z.number().int().positive();

export const voteEvents = {
  "vote.set": kind(
    z.object({ label, value: z.union([z.literal(1), z.literal(-1)]) }),
    (db, event) => {
      const { label: id, value } = event.payload;
      run(
        db,
        "INSERT OR REPLACE INTO votes (label_id, person, value, at) VALUES (?, ?, ?, ?)",
        id,
        event.actor,
        value,
        event.at,
      );
      count(db, event, id);
    },
  ),
  "vote.withdrawn": kind(z.object({ label }), (db, event) => {
    const { label: id } = event.payload;
    run(
      db,
      "DELETE FROM votes WHERE label_id = ? AND person = ?",
      id,
      event.actor,
    );
    count(db, event, id);
  }),
  /** A maintainer's decision; one a feature. */
  "label.accepted": kind(z.object({ label }), (db, event) => {
    const { saeHash, feature } = place(event);
    run(
      db,
      `UPDATE labels SET accepted_by = NULL WHERE sae_hash = ? AND feature = ?
       AND accepted_by IS NOT NULL AND id <> ?`,
      saeHash,
      feature,
      event.payload.label,
    );
    run(
      db,
      "UPDATE labels SET accepted_by = ? WHERE id = ?",
      event.actor,
      event.payload.label,
    );
    refreshFeature(db, event);
  }),
  "label.unaccepted": kind(z.object({ label }), (db, event) => {
    run(
      db,
      "UPDATE labels SET accepted_by = NULL WHERE id = ?",
      event.payload.label,
    );
    refreshFeature(db, event);
  }),
};

/** Counts the label's votes anew: few, and next to each other. */
function count(db: Database, event: EventWith<unknown>, id: number): void {
  run(
    db,
    `UPDATE labels SET
       up = (SELECT count(*) FROM votes WHERE label_id = labels.id AND value = 1),
       down = (SELECT count(*) FROM votes WHERE label_id = labels.id AND value = -1)
     WHERE id = ?`,
    id,
  );
  refreshFeature(db, event);
}
