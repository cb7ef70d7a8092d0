import type { LabelDatabase } from "./label-database";
import { all, one } from "./statement";

export interface ListRow {
  id: number;
  name: string;
  description: string;
  owner: string;
  createdAt: string;
  updatedAt: string;
  version: number;
  deletedAt: string | null;
  itemCount: number;
}

const COLUMNS = `id, name, description, owner, created_at AS createdAt,
  updated_at AS updatedAt, version, deleted_at AS deletedAt,
  item_count AS itemCount`;

/** A list, deleted or not. */
export function findList(db: LabelDatabase, id: number): ListRow | undefined {
  return one<ListRow>(
    db.$client,
    `SELECT ${COLUMNS} FROM lists WHERE id = ?`,
    id,
  );
}

/** Lists with a number below `before`, all or a person's; the newest first. */
export function listsBefore(
  db: LabelDatabase,
  before: number,
  limit: number,
  owner?: string,
): ListRow[] {
  return all<ListRow>(
    db.$client,
    `SELECT ${COLUMNS} FROM lists WHERE id < ? AND deleted_at IS NULL
       ${owner === undefined ? "" : "AND owner = ?"}
     ORDER BY id DESC LIMIT ?`,
    before,
    ...(owner === undefined ? [] : [owner]),
    limit,
  );
}

export interface ListItemRow {
  saeHash: string;
  feature: number;
  position: number;
  note: string | null;
  addedBy: string;
  addedAt: string;
}

const ITEM_COLUMNS = `sae_hash AS saeHash, feature, position, note,
  added_by AS addedBy, added_at AS addedAt`;

/** The place of a feature in a list. */
export interface ListPlace {
  position: number;
  saeHash: string;
  feature: number;
}

/** Before every item. */
export const LIST_START: ListPlace = {
  position: Number.NEGATIVE_INFINITY,
  saeHash: "",
  feature: -1,
};

/** Items of a list after a place, in its order. */
export function listItemsAfter(
  db: LabelDatabase,
  list: number,
  after: ListPlace,
  limit: number,
): ListItemRow[] {
  return all<ListItemRow>(
    db.$client,
    `SELECT ${ITEM_COLUMNS} FROM list_items
     WHERE list_id = ? AND (position, sae_hash, feature) > (?, ?, ?)
     ORDER BY position, sae_hash, feature LIMIT ?`,
    list,
    after.position,
    after.saeHash,
    after.feature,
    limit,
  );
}

export function findListItem(
  db: LabelDatabase,
  list: number,
  saeHash: string,
  feature: number,
): ListItemRow | undefined {
  return one<ListItemRow>(
    db.$client,
    `SELECT ${ITEM_COLUMNS} FROM list_items
     WHERE list_id = ? AND sae_hash = ? AND feature = ?`,
    list,
    saeHash,
    feature,
  );
}

/** The place of the last item; 0 for an empty list. */
export function lastListPosition(db: LabelDatabase, list: number): number {
  return (
    one<{ position: number | null }>(
      db.$client,
      "SELECT max(position) AS position FROM list_items WHERE list_id = ?",
      list,
    )?.position ?? 0
  );
}

/** The greatest place before `position`, left out the item itself. */
export function listPositionBefore(
  db: LabelDatabase,
  list: number,
  position: number,
): number | undefined {
  return (
    one<{ position: number | null }>(
      db.$client,
      `SELECT max(position) AS position FROM list_items
       WHERE list_id = ? AND position < ?`,
      list,
      position,
    )?.position ?? undefined
  );
}

/** Lists that hold a feature, the oldest first. */
export function listsWithFeature(
  db: LabelDatabase,
  saeHash: string,
  feature: number,
  limit: number,
): { id: number; name: string }[] {
  return all(
    db.$client,
    `SELECT lists.id, name FROM list_items JOIN lists ON lists.id = list_id
     WHERE sae_hash = ? AND feature = ? AND deleted_at IS NULL
     ORDER BY lists.id LIMIT ?`,
    saeHash,
    feature,
    limit,
  );
}

export interface BookmarkRow {
  saeHash: string;
  feature: number;
  seq: number;
  at: string;
}

/** A person's bookmarks set before event `before`, the newest first. */
export function bookmarksOf(
  db: LabelDatabase,
  person: string,
  before: number,
  limit: number,
): BookmarkRow[] {
  return all<BookmarkRow>(
    db.$client,
    `SELECT sae_hash AS saeHash, feature, seq, at FROM bookmarks
     WHERE person = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
    person,
    before,
    limit,
  );
}

export function isBookmarked(
  db: LabelDatabase,
  saeHash: string,
  feature: number,
  person: string,
): boolean {
  const found = one(
    db.$client,
    "SELECT 1 FROM bookmarks WHERE person = ? AND sae_hash = ? AND feature = ?",
    person,
    saeHash,
    feature,
  );
  return found !== undefined;
}
