import type { z } from "zod";
import type {
  Comment,
  commentPageSchema,
  mentionPageSchema,
} from "#lib/contract/index";
import { commentsOfFeature, mentionsOf, type CommentRow } from "#lib/db/index";
import { AppError } from "#lib/errors";
import {
  deleteComment,
  editComment,
  postComment,
  restoreComment,
  type LabelDesk,
  type NewComment,
} from "#lib/labels/index";
import type { Actor } from "#lib/policy";
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
  { cursor, limit }: Page,
): z.output<typeof commentPageSchema> {
  const { saeHash } = placeOf(saeId, feature);
  const after = numberFrom(cursor, 0);
  const rows = commentsOfFeature(labels(), saeHash, feature, after, limit + 1);
  const shown = rows.slice(0, limit);
  return {
    comments: present(shown),
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
  const shown = rows.slice(0, limit);
  return {
    mentions: present(shown).map((comment, i) => ({
      ...comment,
      sae: saeIdOf(shown[i]!.saeHash),
    })),
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
) => write(asked, (desk) => editComment(desk, id, edit));

export const removeComment = (
  asked: Asked,
  id: number,
  by: { version: number },
) => write(asked, (desk) => deleteComment(desk, id, by));

export const bringCommentBack = (
  asked: Asked,
  id: number,
  by: { version: number },
) => write(asked, (desk) => restoreComment(desk, id, by));

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
