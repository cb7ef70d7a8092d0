import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { LabelDatabase } from "./label-database";
import {
  events,
  labelRevisions,
  labels,
  type RevisionKind,
} from "./label-schema";

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

export function countLabelledFeatures(
  db: LabelDatabase,
  saeHash: string,
): number {
  return db
    .select({ count: sql<number>`count(DISTINCT ${labels.feature})` })
    .from(labels)
    .where(and(eq(labels.saeHash, saeHash), isNull(labels.deletedAt)))
    .all()[0]!.count;
}

/** Features of an SAE with a label, ascending. */
export function labelledFeatures(db: LabelDatabase, saeHash: string): number[] {
  return db
    .selectDistinct({ feature: labels.feature })
    .from(labels)
    .where(and(eq(labels.saeHash, saeHash), isNull(labels.deletedAt)))
    .orderBy(labels.feature)
    .all()
    .map((row) => row.feature);
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

/** Inserts version 1 of a label. */
export function insertLabel(
  db: LabelDatabase,
  label: Pick<LabelRow, "saeHash" | "feature" | "text" | "author">,
  at: string,
): LabelRow {
  return inTransaction(db, () => {
    const row = db
      .insert(labels)
      .values({ ...label, createdAt: at, updatedAt: at, version: 1 })
      .returning()
      .get();
    record(db, row, "created", row.author, at);
    return row;
  });
}

export interface LabelChange {
  kind: Exclude<RevisionKind, "created">;
  /** New text; left out, it stays. */
  text?: string;
  /** Who changes it; an edit makes them the author of its text. */
  author: string;
  at: string;
}

/**
 * Runs `change` on the label as it stands, and writes what it returns, in one
 * transaction: nobody can change the label in between.
 *
 * @returns the label as it stands then; undefined if there is no such label.
 */
export function changeLabel(
  db: LabelDatabase,
  id: number,
  change: (current: LabelRow) => LabelChange,
): LabelRow | undefined {
  return inTransaction(db, () => {
    const current = findLabel(db, id);
    if (!current) return undefined;
    const { kind, text, author, at } = change(current);
    const row = db
      .update(labels)
      .set({
        text: text ?? current.text,
        author: kind === "edited" ? author : current.author,
        version: current.version + 1,
        updatedAt: at,
        deletedAt: kind === "deleted" ? at : null,
      })
      .where(eq(labels.id, id))
      .returning()
      .get();
    record(db, row, kind, author, at);
    return row;
  });
}

function record(
  db: LabelDatabase,
  row: LabelRow,
  kind: RevisionKind,
  author: string,
  at: string,
): void {
  const { id: labelId, version, text, saeHash, feature } = row;
  db.insert(labelRevisions)
    .values({ labelId, version, kind, text, author, at })
    .run();
  db.insert(events)
    .values({ at, kind: `label.${kind}`, author, saeHash, feature, labelId })
    .run();
}

/** IMMEDIATE: takes the write lock before reading what it will change. */
function inTransaction<T>(db: LabelDatabase, work: () => T): T {
  return db.$client.transaction(work).immediate();
}
