import {
  findList,
  findListItem,
  isBookmarked,
  lastListPosition,
  listPositionBefore,
  nextId,
  type ListRow,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import { assertMay } from "#lib/policy";
import { commitAt, type LabelDesk, type Place } from "./desk";

/** Features one list may hold. */
export const LIST_MAX = 10_000;

/** @param described checked and trimmed by the contract's schemas. */
export function createList(
  desk: LabelDesk,
  described: { name: string; description: string },
): ListRow {
  assertMay(desk.actor, "list.create");
  const kind = "list.created";
  const event = commitAt(desk, { kind, ...described }, (append) => {
    const list = nextId(desk.db.$client, "lists");
    append({ kind, ...NOWHERE, payload: { list, ...described } });
  })!;
  return listOf(desk, (event.payload as { list: number }).list);
}

/**
 * A new name or description.
 *
 * @throws AppError "not_found"; "forbidden"; "conflict" when it was changed in
 *   between (the list as it stands is in `details`).
 */
export function describeList(
  desk: LabelDesk,
  id: number,
  edit: { version: number; name: string; description: string },
): ListRow {
  const kind = "list.described";
  const { name, description } = edit;
  commitAt(desk, { kind, list: id, name, description }, (append) => {
    const { version } = changeable(desk, id, "list.edit", edit.version);
    const payload = { list: id, version: version + 1, name, description };
    append({ kind, ...NOWHERE, payload });
  });
  return listOf(desk, id);
}

/** Marks the list as deleted or brings it back; as `describeList`. */
export function setListDeleted(
  desk: LabelDesk,
  id: number,
  { version, deleted }: { version: number; deleted: boolean },
): ListRow {
  const kind = deleted ? "list.deleted" : "list.restored";
  commitAt(desk, { kind, list: id }, (append) => {
    const current = changeable(desk, id, "list.delete", version, !deleted);
    const payload = { list: id, version: current.version + 1 };
    append({ kind, ...NOWHERE, payload });
  });
  return listOf(desk, id);
}

/** Adds features at the end of a list; those already in it stay where they are. */
export function addToList(
  desk: LabelDesk,
  id: number,
  items: readonly (Place & { note: string | null })[],
): ListRow {
  const kind = "list.added";
  commitAt(desk, { kind, list: id }, (append) => {
    const { itemCount } = changeable(desk, id, "list.edit");
    const fresh = items.filter(
      (item) => !findListItem(desk.db, id, item.saeHash, item.feature),
    );
    if (itemCount + fresh.length > LIST_MAX) {
      throw new AppError(
        "invalid",
        `A list holds at most ${LIST_MAX} features.`,
      );
    }
    let position = Math.floor(lastListPosition(desk.db, id));
    for (const { saeHash, feature, note } of fresh) {
      // The same feature may have been named twice.
      if (findListItem(desk.db, id, saeHash, feature)) continue;
      position++;
      append({ kind, saeHash, feature, payload: { list: id, position, note } });
    }
  });
  return listOf(desk, id);
}

/** Takes features out of a list. */
export function removeFromList(
  desk: LabelDesk,
  id: number,
  items: readonly Place[],
): ListRow {
  const kind = "list.removed";
  commitAt(desk, { kind, list: id }, (append) => {
    changeable(desk, id, "list.edit");
    for (const { saeHash, feature } of items) {
      if (!findListItem(desk.db, id, saeHash, feature)) continue;
      append({ kind, saeHash, feature, payload: { list: id } });
    }
  });
  return listOf(desk, id);
}

export interface ListMove {
  item: Place;
  /** The item it is to stand before; null: the end. Left out: it stays. */
  before?: Place | null | undefined;
  /** A new note. Left out, it stays. */
  note?: string | null | undefined;
}

/** Another place or note for one item. @throws AppError "not_found". */
export function moveInList(
  desk: LabelDesk,
  id: number,
  { item, before, note }: ListMove,
): ListRow {
  const kind = "list.moved";
  const place = { saeHash: item.saeHash, feature: item.feature };
  commitAt(desk, { kind, list: id, ...place }, (append) => {
    changeable(desk, id, "list.edit");
    const current = itemOf(desk, id, place);
    let position = current.position;
    if (before === null) {
      position = Math.floor(lastListPosition(desk.db, id)) + 1;
    } else if (before !== undefined) {
      const between = () => positionBefore(desk, id, before);
      // Halves of halves end somewhere; then all places are numbered anew.
      if (between() === undefined) {
        append({ kind: "list.renumbered", ...NOWHERE, payload: { list: id } });
      }
      position = between()!;
    }
    const kept = note === undefined ? current.note : note;
    append({ kind, ...place, payload: { list: id, position, note: kept } });
  });
  return listOf(desk, id);
}

/** Half-way before an item; undefined when there is no number left there. */
function positionBefore(
  desk: LabelDesk,
  id: number,
  before: Place,
): number | undefined {
  const { position } = itemOf(desk, id, before);
  const previous = listPositionBefore(desk.db, id, position) ?? position - 2;
  const half = (previous + position) / 2;
  return half > previous && half < position ? half : undefined;
}

/** Remembers a feature for oneself, or forgets it. */
export function setBookmark(
  desk: LabelDesk,
  place: Place,
  marked: boolean,
): { bookmarked: boolean } {
  assertMay(desk.actor, "bookmark");
  const kind = marked ? "bookmark.set" : "bookmark.cleared";
  const { db, actor } = desk;
  commitAt(desk, { kind, ...place }, (append) => {
    if (isBookmarked(db, place.saeHash, place.feature, actor.id) === marked) {
      return;
    }
    append({ kind, ...place, payload: {} });
  });
  return { bookmarked: marked };
}

/** A list, deleted or not. @throws AppError "not_found". */
export function listOf(desk: Pick<LabelDesk, "db">, id: number): ListRow {
  const list = findList(desk.db, id);
  if (list) return list;
  throw new AppError("not_found", `There is no list ${id}.`);
}

function itemOf(desk: LabelDesk, id: number, place: Place) {
  const item = findListItem(desk.db, id, place.saeHash, place.feature);
  if (item) return item;
  throw new AppError(
    "not_found",
    `Feature ${place.feature} is not in this list.`,
  );
}

const NOWHERE = { saeHash: null, feature: null };

/** @param version of the name and description; left out, any will do. */
function changeable(
  desk: LabelDesk,
  id: number,
  action: "list.edit" | "list.delete",
  version?: number,
  deleted = false,
): ListRow {
  const current = listOf(desk, id);
  assertMay(desk.actor, action, { own: current.owner === desk.actor.id });
  const same = version === undefined || version === current.version;
  if (same && (current.deletedAt !== null) === deleted) return current;
  throw new AppError(
    "conflict",
    "This list was changed or deleted in the meantime; look at it as it stands now.",
    { details: { list: current } },
  );
}
