import type { z } from "zod";
import type {
  Comment,
  commentPageSchema,
  mentionPageSchema,
} from "#lib/contract/index";
import { commentsOfFeature, mentionsOf, type CommentRow } from "#lib/db/index";
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
import { assertSeen, hiddenFrom, seenBy } from "./blind";
import { labels, placeOf } from "./databases";
import { deskOf, type Asked } from "./label-desk";
import { peopleOf } from "./people-names";
import { numberFrom } from "./route-params";
import { saeIdOf } from "./saes-by-hash";

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
    comments: present(seenBy(viewer, place, shown, (row) => row.author)),
    nextCursor: rows.length > limit ? String(shown.at(-1)!.id) : null,
  };
}

/** Comments that name the person who asks, newest first. */
export function myMentions(
  actor: Actor,
  { cursor, limit }: Page,
): z.output<typeof mentionPageSchema> {
  const before = numberFrom(cursor, Number.MAX_SAFE_INTEGER);
  const rows = mentionsOf(labels(), actor.id, before, limit + 1);
  const page = rows.slice(0, limit);
  const shown = page.filter(
    ({ saeHash, feature }) => !hiddenFrom(actor, saeHash)(feature),
  );
  return {
    mentions: present(shown).map((comment, i) => ({
      ...comment,
      sae: saeIdOf(shown[i]!.saeHash),
    })),
    nextCursor: rows.length > limit ? String(page.at(-1)!.id) : null,
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
    return present([work(deskOf(asked))])[0]!;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    const details = error.details as { comment?: CommentRow } | undefined;
    if (!details?.comment) throw error;
    const [comment] = present([details.comment]);
    throw new AppError("conflict", error.message, { details: { comment } });
  }
}

/** Comments as they cross HTTP; what was deleted is not shown. */
function present(rows: readonly CommentRow[]): Comment[] {
  const person = peopleOf(rows.map((row) => row.author));
  return rows.map((row) => ({
    id: row.id,
    feature: row.feature,
    label: row.labelId,
    parent: row.parent,
    author: person(row.author),
    text: row.deletedAt === null ? row.text : "",
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    version: row.version,
    deleted: row.deletedAt !== null,
  }));
}
