import { commentSchema, versionSchema } from "#lib/contract/index";
import { bringCommentBack } from "#app/_server/comments";
import { route } from "#app/_server/route";
import { idParams } from "#app/_server/route-params";

export const POST = route(
  {
    summary: "Brings a deleted comment back.",
    may: "comment.delete",
    params: idParams,
    body: versionSchema,
    response: commentSchema,
    example: { body: { version: 2 } },
  },
  ({ params, body, ...asked }) => bringCommentBack(asked, params.id, body),
);
