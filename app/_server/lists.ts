import type { z } from "zod";
import type {
  addItemsSchema,
  bookmarkPageSchema,
  FeatureRow,
  List,
  ListDetail,
  ListPage,
  moveItemSchema,
  removeItemsSchema,
} from "#lib/contract/index";
import {
  bookmarksOf,
  LIST_START,
  listItemsAfter,
  listsBefore,
  type ListItemRow,
  type ListPlace,
  type ListRow,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import {
  addToList,
  createList,
  describeList,
  listOf,
  moveInList,
  removeFromList,
  setListDeleted,
  type LabelDesk,
  type Place,
} from "#lib/labels/index";
import type { Actor } from "#lib/policy";
import { hiddenFrom, hiddenPlaces } from "./blind";
import { labels, placeOf, readerOf } from "./databases";
import { featureRow } from "./features";
import { deskOf, type Asked } from "./label-desk";
import { peopleOf } from "./people-names";
import { numberFrom } from "./route-params";
import { saeIdOf } from "./saes-by-hash";

interface Page {
  cursor?: string | undefined;
  limit: number;
}

/** Lists, all or one person's, the newest first. */
export function allLists({
  cursor,
  limit,
  owner,
}: Page & { owner?: string | undefined }): ListPage {
  const before = numberFrom(cursor, Number.MAX_SAFE_INTEGER);
  const rows = listsBefore(labels(), before, limit + 1, owner);
  const shown = rows.slice(0, limit);
  return {
    lists: present(shown),
    nextCursor: rows.length > limit ? String(shown.at(-1)!.id) : null,
  };
}

/** A list and a page of its items. @throws AppError "not_found". */
export function getList(
  id: number,
  viewer: Actor,
  { cursor, limit }: Page,
): ListDetail {
  const list = listOf({ db: labels() }, id);
  const after = cursor === undefined ? LIST_START : decodePlace(cursor);
  const rows = listItemsAfter(labels(), id, after, limit + 1);
  const shown = rows.slice(0, limit);
  const person = peopleOf(shown.map((row) => row.addedBy));
  const row = rowsOf(shown, viewer);
  const note = notesFor(viewer);
  return {
    list: present([list])[0]!,
    items: shown.map((item) => ({
      sae: saeIdOf(item.saeHash),
      saeHash: item.saeHash,
      feature: item.feature,
      note: note(item),
      addedBy: person(item.addedBy),
      addedAt: item.addedAt,
      row: row(item),
    })),
    nextCursor: rows.length > limit ? encodePlace(shown.at(-1)!) : null,
  };
}

export const addList = (
  asked: Asked,
  described: { name: string; description: string },
) => write(asked, (desk) => createList(desk, described));

export const changeList = (
  asked: Asked,
  id: number,
  edit: { name: string; description: string; version: number },
) => write(asked, (desk) => describeList(desk, id, edit));

export const deleteList = (
  asked: Asked,
  id: number,
  { version }: { version: number },
) =>
  write(asked, (desk) => setListDeleted(desk, id, { version, deleted: true }));

export const bringListBack = (
  asked: Asked,
  id: number,
  { version }: { version: number },
) =>
  write(asked, (desk) => setListDeleted(desk, id, { version, deleted: false }));

export const addItems = (
  asked: Asked,
  id: number,
  { items }: z.output<typeof addItemsSchema>,
) =>
  write(asked, (desk) =>
    addToList(
      desk,
      id,
      items.map(({ sae, feature, note }) => ({
        ...placeOf(sae, feature),
        note,
      })),
    ),
  );

export const removeItems = (
  asked: Asked,
  id: number,
  { items }: z.output<typeof removeItemsSchema>,
) =>
  write(asked, (desk) =>
    removeFromList(
      desk,
      id,
      items.map(({ sae, feature }) => placeOf(sae, feature)),
    ),
  );

export const moveItem = (
  asked: Asked,
  id: number,
  { sae, feature, before, note }: z.output<typeof moveItemSchema>,
) =>
  write(asked, (desk) =>
    moveInList(desk, id, {
      item: placeOf(sae, feature),
      before: before && placeOf(before.sae, before.feature),
      note,
    }),
  );

/** The bookmarks of who asks, the newest first. */
export function myBookmarks(
  actor: Actor,
  { cursor, limit }: Page,
): z.output<typeof bookmarkPageSchema> {
  const before = numberFrom(cursor, Number.MAX_SAFE_INTEGER);
  const rows = bookmarksOf(labels(), actor.id, before, limit + 1);
  const shown = rows.slice(0, limit);
  const row = rowsOf(shown, actor);
  return {
    bookmarks: shown.map(({ saeHash, feature, at, ...rest }) => ({
      sae: saeIdOf(saeHash),
      saeHash,
      feature,
      at,
      row: row({ saeHash, feature, ...rest }),
    })),
    nextCursor: rows.length > limit ? String(shown.at(-1)!.seq) : null,
  };
}

/** Does it; a conflict's details hold the list as it is shown. */
function write(asked: Asked, work: (desk: LabelDesk) => ListRow): List {
  try {
    return present([work(deskOf(asked))])[0]!;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    const details = error.details as { list?: ListRow } | undefined;
    if (!details?.list) throw error;
    const [list] = present([details.list]);
    throw new AppError("conflict", error.message, { details: { list } });
  }
}

/** Looks up what lists show of these features, SAE by SAE. */
function rowsOf(
  places: readonly Place[],
  viewer: Actor,
): (place: Place) => FeatureRow | null {
  const bySae = new Map<string, number[]>();
  for (const { saeHash, feature } of places) {
    bySae.set(saeHash, [...(bySae.get(saeHash) ?? []), feature]);
  }
  const found = new Map<string, FeatureRow>();
  for (const [saeHash, features] of bySae) {
    const saeId = saeIdOf(saeHash);
    if (saeId === null) continue;
    const hides = hiddenFrom(viewer, saeHash);
    for (const [feature, row] of readerOf(saeId).rows(features)) {
      found.set(`${saeHash} ${feature}`, featureRow(row, hides));
    }
  }
  return ({ saeHash, feature }) => found.get(`${saeHash} ${feature}`) ?? null;
}

/** A note says what somebody thinks of a feature. */
function notesFor(viewer: Actor): (item: ListItemRow) => string | null {
  const hidden = hiddenPlaces(viewer);
  return (item) =>
    item.addedBy !== viewer.id && hidden(item) ? null : item.note;
}

function present(rows: readonly ListRow[]): List[] {
  const person = peopleOf(rows.map((row) => row.owner));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    description: row.description,
    owner: person(row.owner),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    version: row.version,
    deleted: row.deletedAt !== null,
    itemCount: row.itemCount,
  }));
}

function encodePlace({ position, saeHash, feature }: ListPlace): string {
  return Buffer.from(JSON.stringify([position, saeHash, feature])).toString(
    "base64url",
  );
}

/** @throws AppError "bad_request" for a text that is no place. */
function decodePlace(cursor: string): ListPlace {
  try {
    const parsed: unknown = JSON.parse(
      Buffer.from(cursor, "base64url").toString("utf8"),
    );
    const [position, saeHash, feature] = parsed as unknown[];
    if (
      typeof position === "number" &&
      typeof saeHash === "string" &&
      typeof feature === "number"
    ) {
      return { position, saeHash, feature };
    }
  } catch {
    // It is none.
  }
  throw new AppError(
    "bad_request",
    "The page cursor does not belong to this list; go back to its first page.",
  );
}
