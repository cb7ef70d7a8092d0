import {
  findComment,
  mentionsSeen,
  nextId,
  peopleNamed,
  type CommentRow,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import { assertMay } from "#lib/policy";
import { commitAt, type LabelDesk, type Place } from "./desk";
import { labelOf, placeOf } from "./labels";
import { namesMentioned } from "./mentions";

export interface NewComment {
  /** Checked and trimmed by the contract's schemas. */
  text: string;
  /** The label it is about. */
  label: number | null;
  /** The comment it answers. */
  parent: number | null;
}

/** @throws AppError "not_found" when label or parent are not this feature's. */
export function postComment(
  desk: LabelDesk,
  place: Place,
  { text, label, parent }: NewComment,
): CommentRow {
  assertMay(desk.actor, "comment.create");
  const kind = "comment.posted";
  const event = commitAt(desk, { kind, ...place, text }, (append) => {
    if (label !== null) assertHere(place, labelOf(desk, label), "label");
    if (parent !== null) assertHere(place, commentOf(desk, parent), "comment");
    const comment = nextId(desk.db.$client, "comments");
    const payload = {
      comment,
      label,
      parent,
      text,
      mentions: named(desk, text),
    };
    append({ kind, ...place, payload });
  })!;
  return commentOf(desk, (event.payload as { comment: number }).comment);
}

/**
 * @throws AppError "not_found"; "forbidden"; "conflict" when it was changed in
 *   between (the comment as it stands is in `details`).
 */
export function editComment(
  desk: LabelDesk,
  id: number,
  { text, version }: { text: string; version: number },
): CommentRow {
  const kind = "comment.edited";
  commitAt(desk, { kind, comment: id, text }, (append) => {
    const current = changeable(desk, id, "comment.edit", version);
    if (current.deletedAt !== null) throw conflict(current);
    const mentions = named(desk, text);
    const payload = { comment: id, version: version + 1, text, mentions };
    append({ kind, ...placeOf(current), payload });
  });
  return commentOf(desk, id);
}

/** @throws AppError as `editComment` does. */
export function deleteComment(
  desk: LabelDesk,
  id: number,
  { version }: { version: number },
): CommentRow {
  const kind = "comment.deleted";
  commitAt(desk, { kind, comment: id }, (append) => {
    const current = changeable(desk, id, "comment.delete", version);
    if (current.deletedAt !== null) throw conflict(current);
    const payload = { comment: id, version: version + 1 };
    append({ kind, ...placeOf(current), payload });
  });
  return commentOf(desk, id);
}

/** Brings a deleted comment back. @throws AppError as `editComment` does. */
export function restoreComment(
  desk: LabelDesk,
  id: number,
  { version }: { version: number },
): CommentRow {
  const kind = "comment.restored";
  commitAt(desk, { kind, comment: id }, (append) => {
    const current = changeable(desk, id, "comment.delete", version);
    if (current.deletedAt === null) throw conflict(current);
    const payload = { comment: id, version: version + 1 };
    append({ kind, ...placeOf(current), payload });
  });
  return commentOf(desk, id);
}

/** Remembers up to which comment one has seen where one is named. */
export function markMentionsSeen(desk: LabelDesk, comment: number): number {
  assertMay(desk.actor, "mentions");
  const kind = "mentions.seen";
  const seen = () => mentionsSeen(desk.db, desk.actor.id);
  commitAt(desk, { kind, comment }, (append) => {
    if (comment <= seen()) return;
    commentOf(desk, comment);
    append({ kind, saeHash: null, feature: null, payload: { comment } });
  });
  return seen();
}

/** A comment, deleted or not. @throws AppError "not_found". */
export function commentOf(desk: Pick<LabelDesk, "db">, id: number): CommentRow {
  const comment = findComment(desk.db, id);
  if (comment) return comment;
  throw new AppError("not_found", `There is no comment ${id}.`);
}

function changeable(
  desk: LabelDesk,
  id: number,
  action: "comment.edit" | "comment.delete",
  version: number,
): CommentRow {
  const current = commentOf(desk, id);
  assertMay(desk.actor, action, { own: current.author === desk.actor.id });
  if (current.version !== version) throw conflict(current);
  return current;
}

function conflict(comment: CommentRow): AppError {
  return new AppError(
    "conflict",
    "This comment was changed or deleted in the meantime; look at it as it stands now.",
    { details: { comment } },
  );
}

function assertHere(place: Place, thing: Place, name: string): void {
  if (thing.saeHash === place.saeHash && thing.feature === place.feature)
    return;
  throw new AppError("not_found", `This feature has no such ${name}.`);
}

/** Ids of the people a text names with "@". */
const named = (desk: LabelDesk, text: string) =>
  peopleNamed(desk.db, namesMentioned(text));
