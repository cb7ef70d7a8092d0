import {
  QUEUE_START,
  type QueueSettings,
  type SkipReason,
} from "#lib/queue-rules";
import type { LabelDatabase } from "./label-database";
import { all, one } from "./statement";

/** How an SAE's queue works. */
export function queueSettings(
  db: LabelDatabase,
  saeHash: string,
): QueueSettings {
  const row = one<Omit<QueueSettings, "blind"> & { blind: number }>(
    db.$client,
    `SELECT ordering AS "order", share, target, blind, seed
     FROM queue_settings WHERE sae_hash = ?`,
    saeHash,
  );
  return row ? { ...row, blind: row.blind === 1 } : QUEUE_START;
}

/** Whether a person labelled a feature or called it uninterpretable. */
export function hasAnswered(
  db: LabelDatabase,
  saeHash: string,
  feature: number,
  person: string,
): boolean {
  return (
    one(
      db.$client,
      `SELECT 1 FROM labels WHERE sae_hash = ? AND feature = ?
         AND deleted_at IS NULL AND author = ?
       UNION ALL
       SELECT 1 FROM flags WHERE sae_hash = ? AND feature = ?
         AND flag = 'uninterpretable' AND person = ?
       LIMIT 1`,
      saeHash,
      feature,
      person,
      saeHash,
      feature,
      person,
    ) !== undefined
  );
}

/** Whether a person answered, flagged or voted there: their part is done. */
export function hasDealtWith(
  db: LabelDatabase,
  saeHash: string,
  feature: number,
  person: string,
): boolean {
  return (
    hasAnswered(db, saeHash, feature, person) ||
    one(
      db.$client,
      `SELECT 1 FROM labels AS l JOIN votes AS v ON v.label_id = l.id
       WHERE l.sae_hash = ? AND l.feature = ? AND l.deleted_at IS NULL
         AND v.person = ?
       UNION ALL
       SELECT 1 FROM flags WHERE sae_hash = ? AND feature = ?
         AND flag IN ('dead', 'duplicate', 'polysemantic') AND person = ?
       LIMIT 1`,
      saeHash,
      feature,
      person,
      saeHash,
      feature,
      person,
    ) !== undefined
  );
}

/** The reason a person skipped a feature for; undefined: they did not. */
export function skipOf(
  db: LabelDatabase,
  saeHash: string,
  feature: number,
  person: string,
): SkipReason | undefined {
  return one<{ reason: SkipReason }>(
    db.$client,
    `SELECT reason FROM queue_skips WHERE sae_hash = ? AND person = ?
     AND feature = ?`,
    saeHash,
    person,
    feature,
  )?.reason;
}

export interface AssignmentRow {
  id: number;
  saeHash: string;
  person: string;
  kind: "range" | "part" | "list";
  from: number;
  to: number;
  assignedBy: string;
  assignedAt: string;
  endedAt: string | null;
}

const ASSIGNMENT_COLUMNS = `id, sae_hash AS saeHash, person, kind,
  first AS "from", last AS "to", assigned_by AS assignedBy,
  assigned_at AS assignedAt, ended_at AS endedAt`;

/** Assignments of an SAE that hold now, oldest first. */
export function assignmentsOf(
  db: LabelDatabase,
  saeHash: string,
): AssignmentRow[] {
  return all<AssignmentRow>(
    db.$client,
    `SELECT ${ASSIGNMENT_COLUMNS} FROM queue_assignments
     WHERE sae_hash = ? AND ended_at IS NULL ORDER BY id`,
    saeHash,
  );
}

/** An assignment, ended or not. */
export function findAssignment(
  db: LabelDatabase,
  id: number,
): AssignmentRow | undefined {
  return one<AssignmentRow>(
    db.$client,
    `SELECT ${ASSIGNMENT_COLUMNS} FROM queue_assignments WHERE id = ?`,
    id,
  );
}

/** Features of an SAE in a list. */
export function featuresInList(
  db: LabelDatabase,
  list: number,
  saeHash: string,
): number[] {
  return all<{ feature: number }>(
    db.$client,
    "SELECT feature FROM list_items WHERE list_id = ? AND sae_hash = ?",
    list,
    saeHash,
  ).map(({ feature }) => feature);
}

/** How many answers a person gave in an SAE. */
export function answersOf(
  db: LabelDatabase,
  saeHash: string,
  person: string,
): number {
  return (
    one<{ answers: number }>(
      db.$client,
      "SELECT answers FROM queue_work WHERE sae_hash = ? AND person = ?",
      saeHash,
      person,
    )?.answers ?? 0
  );
}

/** Who answered most in an SAE, and how often. */
export function mostAnswers(
  db: LabelDatabase,
  saeHash: string,
  limit: number,
): { person: string; answers: number }[] {
  return all(
    db.$client,
    `SELECT person, answers FROM queue_work
     WHERE sae_hash = ? AND answers > 0
     ORDER BY answers DESC, person LIMIT ?`,
    saeHash,
    limit,
  );
}

/** Answers given from a minute ("2026-01-01T12:34") on, by person. */
export function answersSince(
  db: LabelDatabase,
  saeHash: string,
  minute: string,
): Map<string, number> {
  const rows = all<{ person: string; answers: number }>(
    db.$client,
    `SELECT person, sum(answers) AS answers FROM queue_minutes
     WHERE sae_hash = ? AND minute >= ? GROUP BY person`,
    saeHash,
    minute,
  );
  return new Map(rows.map(({ person, answers }) => [person, answers]));
}
