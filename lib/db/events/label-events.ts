import type { Database } from "better-sqlite3";
import { z } from "zod";
import { one, run } from "#lib/db/statement";
import { CONFIDENCES, type RevisionKind } from "#lib/db/tables/labels";
import { refreshFeature } from "./feature-state";
import { kind, place, type EventWith } from "./kind";
import { countWork } from "./work";

const label = z.number().int().positive();
const contents = {
  text: z.string(),
  note: z.string().nullable(),
  confidence: z.enum(CONFIDENCES).nullable(),
  tags: z.array(z.string()),
};
const created = z.object({ label, ...contents });
/** What a label says. */
export type LabelContents = Omit<z.output<typeof created>, "label">;

/** The new text of an edit or a reversion. */
const rewording = z.object({
  label,
  version: z.number().int(),
  ...contents,
  /** The text means the same: its votes and its acceptance stay. */
  minor: z.boolean().optional(),
});

export const labelEvents = {
  "label.created": kind(created, (db, event) => {
    const { saeHash, feature } = place(event);
    const { label: id, ...said } = event.payload;
    run(
      db,
      `INSERT INTO labels (id, sae_hash, feature, text, note, confidence, tags,
         author, editor, created_at, updated_at, version, text_version)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1)`,
      id,
      saeHash,
      feature,
      ...columns(said),
      event.actor,
      event.actor,
      event.at,
      event.at,
    );
    revise(db, event, id, "created");
    countWork(db, { saeHash, person: event.actor, at: event.at }, 1);
  }),
  "label.edited": kind(rewording, (db, event) => {
    reword(db, event, "edited");
  }),
  /** Back to what an earlier version said. */
  "label.reverted": kind(
    rewording.extend({ to: z.number().int() }),
    (db, event) => {
      reword(db, event, "reverted");
    },
  ),
  "label.deleted": kind(
    z.object({ label, version: z.number().int() }),
    (db, event) => {
      mark(db, event, "deleted", event.at);
    },
  ),
  "label.restored": kind(
    z.object({ label, version: z.number().int() }),
    (db, event) => {
      mark(db, event, "restored", null);
    },
  ),
};

const columns = ({ text, note, confidence, tags }: LabelContents) => [
  text,
  note,
  confidence,
  JSON.stringify(tags),
];

function reword(
  db: Database,
  event: EventWith<z.output<typeof rewording>>,
  revision: RevisionKind,
): void {
  const { label: id, version, minor = false, ...said } = event.payload;
  if (!minor && textOf(db, id) !== said.text) {
    // Votes and decisions are about a text; this is another one.
    run(db, "DELETE FROM votes WHERE label_id = ?", id);
    run(
      db,
      `UPDATE labels SET up = 0, down = 0, accepted_by = NULL,
         text_version = ? WHERE id = ?`,
      version,
      id,
    );
  }
  run(
    db,
    `UPDATE labels SET text = ?, note = ?, confidence = ?, tags = ?,
       editor = ?, updated_at = ?, version = ? WHERE id = ?`,
    ...columns(said),
    event.actor,
    event.at,
    version,
    id,
  );
  revise(db, event, id, revision);
}

function mark(
  db: Database,
  event: EventWith<{ label: number; version: number }>,
  revision: RevisionKind,
  deletedAt: string | null,
): void {
  const { label: id, version } = event.payload;
  run(
    db,
    "UPDATE labels SET deleted_at = ?, updated_at = ?, version = ? WHERE id = ?",
    deletedAt,
    event.at,
    version,
    id,
  );
  revise(db, event, id, revision);
  const wrote = one<{ saeHash: string; person: string; at: string }>(
    db,
    `SELECT sae_hash AS saeHash, author AS person, created_at AS at
     FROM labels WHERE id = ?`,
    id,
  )!;
  countWork(db, wrote, deletedAt === null ? 1 : -1);
}

/** Keeps the label as it now stands among its revisions. */
function revise(
  db: Database,
  event: EventWith<unknown>,
  id: number,
  revision: RevisionKind,
): void {
  run(
    db,
    `INSERT INTO label_revisions (label_id, version, kind, text, note,
       confidence, tags, author, at)
     SELECT id, version, ?, text, note, confidence, tags, ?, ?
     FROM labels WHERE id = ?`,
    revision,
    event.actor,
    event.at,
    id,
  );
  refreshFeature(db, event);
}

function textOf(db: Database, id: number): string | undefined {
  return one<{ text: string }>(db, "SELECT text FROM labels WHERE id = ?", id)
    ?.text;
}
