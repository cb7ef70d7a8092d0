import type { LabelDatabase } from "./label-database";
import { all, one } from "./statement";

export interface CommentRow {
  id: number;
  saeHash: string;
  feature: number;
  labelId: number | null;
  parent: number | null;
  author: string;
  text: string;
  createdAt: string;
  updatedAt: string;
  version: number;
  deletedAt: string | null;
}

const COLUMNS = `id, sae_hash AS saeHash, feature, label_id AS labelId, parent,
  author, text, created_at AS createdAt, updated_at AS updatedAt, version,
  deleted_at AS deletedAt`;

/** A comment, deleted or not. */
export function findComment(
  db: LabelDatabase,
  id: number,
): CommentRow | undefined {
  return one<CommentRow>(
    db.$client,
    `SELECT ${COLUMNS} FROM comments WHERE id = ?`,
    id,
  );
}

/** Comments on a feature after number `after`, oldest first, deleted too. */
export function commentsOfFeature(
  db: LabelDatabase,
  saeHash: string,
  feature: number,
  after: number,
  limit: number,
): CommentRow[] {
  return all<CommentRow>(
    db.$client,
    `SELECT ${COLUMNS} FROM comments
     WHERE sae_hash = ? AND feature = ? AND id > ? ORDER BY id LIMIT ?`,
    saeHash,
    feature,
    after,
    limit,
  );
}

/** Comments that name a person, with a number below `before`, newest first. */
export function mentionsOf(
  db: LabelDatabase,
  person: string,
  before: number,
  limit: number,
): CommentRow[] {
  return all<CommentRow>(
    db.$client,
    `SELECT ${COLUMNS} FROM mentions JOIN comments ON comments.id = comment_id
     WHERE person = ? AND comment_id < ? AND deleted_at IS NULL
     ORDER BY comment_id DESC LIMIT ?`,
    person,
    before,
    limit,
  );
}

/** Ids of the people that comments name, by the comments' numbers. */
export function mentionedIn(
  db: LabelDatabase,
  comments: readonly number[],
): Map<number, string[]> {
  const rows = all<{ comment: number; person: string }>(
    db.$client,
    `SELECT comment_id AS comment, person FROM mentions
     WHERE comment_id IN (SELECT value FROM json_each(?))
     ORDER BY comment_id, person`,
    JSON.stringify(comments),
  );
  const named = new Map<number, string[]>();
  for (const { comment, person } of rows) {
    named.set(comment, [...(named.get(comment) ?? []), person]);
  }
  return named;
}

/** Up to which comment a person has seen where they are named; 0: none. */
export function mentionsSeen(db: LabelDatabase, person: string): number {
  return (
    one<{ comment: number }>(
      db.$client,
      "SELECT comment_id AS comment FROM mention_marks WHERE person = ?",
      person,
    )?.comment ?? 0
  );
}

/** Features on which others' comments above `seen` name a person. */
export function mentionsAfter(
  db: LabelDatabase,
  person: string,
  seen: number,
  limit: number,
): { saeHash: string; feature: number }[] {
  return all(
    db.$client,
    `SELECT sae_hash AS saeHash, feature
     FROM mentions JOIN comments ON comments.id = comment_id
     WHERE person = ? AND comment_id > ? AND deleted_at IS NULL
       AND author <> ? ORDER BY comment_id LIMIT ?`,
    person,
    seen,
    person,
    limit,
  );
}
