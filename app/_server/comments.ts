import type { z } from "zod";
import type { Comment, commentPageSchema } from "#lib/contract/index";
import { commentsOfFeature, mentionedIn, type CommentRow } from "#lib/db/index";
import { AppError } from "#lib/errors";
import {
  commentOf,
  deleteComment,
  editComment,
  postComment,
  restoreComment,
  type LabelDesk,
  type NewComment,
} from "#lib/labels/index";
import type { Actor } from "#lib/policy";
import { assertSeen, seenBy } from "./blind";
import { labels, placeOf } from "./databases";
import { deskOf, type Asked } from "./label-desk";
import { peopleOf } from "./people-names";
import { numberFrom } from "./route-params";

interface Page {
  cursor?: string | undefined;
  limit: number;
}

/** Comments on a feature, oldest first. */
export function featureComments(
  saeId: string,
  feature: number,
  viewer: Actor,
  { cursor, limit }: Page,
): z.output<typeof commentPageSchema> {
  const place = placeOf(saeId, feature);
  const { saeHash } = place;
  const after = numberFrom(cursor, 0);
  const rows = commentsOfFeature(labels(), saeHash, feature, after, limit + 1);
  const shown = rows.slice(0, limit);
  return {
    comments: presentComments(
      seenBy(viewer, place, shown, (row) => row.author),
    ),
    nextCursor: rows.length > limit ? String(shown.at(-1)!.id) : null,
  };
}

export function addComment(
  asked: Asked,
  saeId: string,
  feature: number,
  comment: NewComment,
): Comment {
  const place = placeOf(saeId, feature);
  return write(asked, (desk) => postComment(desk, place, comment));
}

export const changeComment = (
  asked: Asked,
  id: number,
  edit: { text: string; version: number },
) => rewrite(asked, id, (desk) => editComment(desk, id, edit));

export const removeComment = (
  asked: Asked,
  id: number,
  by: { version: number },
) => rewrite(asked, id, (desk) => deleteComment(desk, id, by));

export const bringCommentBack = (
  asked: Asked,
  id: number,
  by: { version: number },
) => rewrite(asked, id, (desk) => restoreComment(desk, id, by));

/** Does something to a comment that one may see. */
function rewrite(
  asked: Asked,
  id: number,
  work: (desk: LabelDesk) => CommentRow,
): Comment {
  assertSeen(asked.actor, "comment", commentOf({ db: labels() }, id));
  return write(asked, work);
}

/** Does it; a conflict's details hold the comment as it is shown. */
function write(asked: Asked, work: (desk: LabelDesk) => CommentRow): Comment {
  try {
    return presentComments([work(deskOf(asked))])[0]!;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    const details = error.details as { comment?: CommentRow } | undefined;
    if (!details?.comment) throw error;
    const [comment] = presentComments([details.comment]);
    throw new AppError("conflict", error.message, { details: { comment } });
  }
}

/** Comments as they cross HTTP; what was deleted is not shown. */
export function presentComments(rows: readonly CommentRow[]): Comment[] {
  const shown = rows.filter((row) => row.deletedAt === null);
  const named = mentionedIn(
    labels(),
    shown.map(({ id }) => id),
  );
  const person = peopleOf([
    ...rows.map((row) => row.author),
    ...[...named.values()].flat(),
  ]);
  return rows.map((row) => ({
    id: row.id,
    feature: row.feature,
    label: row.labelId,
    parent: row.parent,
    author: person(row.author),
    text: row.deletedAt === null ? row.text : "",
    mentions: (named.get(row.id) ?? []).map(person),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    version: row.version,
    deleted: row.deletedAt !== null,
  }));
}
