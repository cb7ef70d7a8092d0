import {
  labelSchema,
  votePageSchema,
  voteSchema,
  votesQuerySchema,
} from "#lib/contract/index";
import { vote, votesFor } from "#app/_server/labels";
import { route } from "#app/_server/route";
import { idParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary: "Who voted for and against what a label says.",
    params: idParams,
    query: votesQuerySchema,
    response: votePageSchema,
  },
  ({ params, query, actor }) => votesFor(params.id, actor, query),
);

export const PUT = route(
  {
    summary: "One's own vote on another's label: 1, -1, or 0 for none.",
    may: "label.vote",
    params: idParams,
    body: voteSchema,
    response: labelSchema,
    example: { body: { value: 1, version: 1 } },
  },
  ({ params, body, ...asked }) => vote(asked, params.id, body),
);
