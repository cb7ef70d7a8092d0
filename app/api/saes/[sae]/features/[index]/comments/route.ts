import {
  commentPageSchema,
  commentSchema,
  commentsQuerySchema,
  newCommentSchema,
} from "#lib/contract/index";
import { addComment, featureComments } from "#app/_server/comments";
import { route } from "#app/_server/route";
import { featureParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "Comments on a feature, oldest first; deleted ones hold a thread together.",
    params: featureParams,
    query: commentsQuerySchema,
    response: commentPageSchema,
  },
  ({ params, query, actor }) =>
    featureComments(params.sae, params.index, actor, query),
);

export const POST = route(
  {
    summary:
      "Comments on a feature, on one of its labels, or on a comment; people are named as @name.",
    may: "comment.create",
    params: featureParams,
    body: newCommentSchema,
    response: commentSchema,
    status: 201,
    example: { body: { text: "Also in questions?" } },
  },
  ({ params, body, ...asked }) =>
    addComment(asked, params.sae, params.index, body),
);
