import {
  commentSchema,
  editCommentSchema,
  versionSchema,
} from "#lib/contract/index";
import { changeComment, removeComment } from "#app/_server/comments";
import { route } from "#app/_server/route";
import { idParams } from "#app/_server/route-params";

export const PUT = route(
  {
    summary: "Changes one's own comment.",
    may: "comment.edit",
    params: idParams,
    body: editCommentSchema,
    response: commentSchema,
    example: { body: { text: "In questions, too?", version: 1 } },
  },
  ({ params, body, ...asked }) => changeComment(asked, params.id, body),
);

export const DELETE = route(
  {
    summary: "Deletes a comment; it can be restored.",
    may: "comment.delete",
    params: idParams,
    body: versionSchema,
    response: commentSchema,
    example: { body: { version: 1 } },
  },
  ({ params, body, ...asked }) => removeComment(asked, params.id, body),
);
