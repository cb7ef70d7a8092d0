import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";
import type { LabelDatabase } from "./label-database";
import { labelRevisions, labels, votes } from "./label-schema";
import { all, one } from "./statement";

export type LabelRow = typeof labels.$inferSelect;
export type LabelRevisionRow = typeof labelRevisions.$inferSelect;

/** Labels of one feature, not deleted, newest first. */
export function labelsOfFeature(
  db: LabelDatabase,
  saeHash: string,
  feature: number,
): LabelRow[] {
  return db
    .select()
    .from(labels)
    .where(
      and(
        eq(labels.saeHash, saeHash),
        eq(labels.feature, feature),
        isNull(labels.deletedAt),
      ),
    )
    .orderBy(desc(labels.id))
    .all();
}

/** Labels written or changed last, newest first. */
export function recentLabels(
  db: LabelDatabase,
  saeHash: string,
  limit: number,
): LabelRow[] {
  return db
    .select()
    .from(labels)
    .where(and(eq(labels.saeHash, saeHash), isNull(labels.deletedAt)))
    .orderBy(desc(labels.updatedAt), desc(labels.id))
    .limit(limit)
    .all();
}

/** A label, deleted or not. */
export function findLabel(db: LabelDatabase, id: number): LabelRow | undefined {
  return db.select().from(labels).where(eq(labels.id, id)).get();
}

/** Everything that was done to a label, oldest first. */
export function labelRevisionsOf(
  db: LabelDatabase,
  id: number,
): LabelRevisionRow[] {
  return db
    .select()
    .from(labelRevisions)
    .where(eq(labelRevisions.labelId, id))
    .orderBy(asc(labelRevisions.version))
    .all();
}

/** What one version of a label said. */
export function findRevision(
  db: LabelDatabase,
  id: number,
  version: number,
): LabelRevisionRow | undefined {
  return db
    .select()
    .from(labelRevisions)
    .where(
      and(eq(labelRevisions.labelId, id), eq(labelRevisions.version, version)),
    )
    .get();
}

/** A person's vote for a label: 1, −1, or 0 for none. */
export function voteOf(db: LabelDatabase, id: number, person: string): number {
  return (
    one<{ value: number }>(
      db.$client,
      "SELECT value FROM votes WHERE label_id = ? AND person = ?",
      id,
      person,
    )?.value ?? 0
  );
}

/** A person's votes for these labels, by label; those without one left out. */
export function votesOf(
  db: LabelDatabase,
  ids: readonly number[],
  person: string,
): Map<number, number> {
  const rows = db
    .select({ id: votes.labelId, value: votes.value })
    .from(votes)
    .where(and(inArray(votes.labelId, [...ids]), eq(votes.person, person)))
    .all();
  return new Map(rows.map(({ id, value }) => [id, value]));
}

export interface VoteRow {
  person: string;
  value: number;
  at: string;
}

/** Who voted for a label, in the order of their ids after `after`. */
export function labelVotes(
  db: LabelDatabase,
  id: number,
  after: string,
  limit: number,
): VoteRow[] {
  return all<VoteRow>(
    db.$client,
    `SELECT person, value, at FROM votes WHERE label_id = ? AND person > ?
     ORDER BY person LIMIT ?`,
    id,
    after,
    limit,
  );
}
