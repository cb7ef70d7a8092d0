import {
  decidedMoveSchema,
  decideMoveSchema,
  movePageSchema,
  movesQuerySchema,
} from "#lib/contract/index";
import { decideMove, listMoves } from "#app/_server/moves";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "Labels of another SAE, each with the feature of this one whose decoder direction is nearest, to be taken over or not.",
    params: saeParams,
    query: movesQuerySchema,
    response: movePageSchema,
    example: { query: { from: "another-sae" } },
  },
  ({ params, query, actor }) => listMoves(params.sae, query, actor),
);

export const PUT = route(
  {
    summary:
      "Takes another SAE's label over to the nearest feature of this one, rejects it, or takes a rejection back.",
    may: "label.create",
    params: saeParams,
    body: decideMoveSchema,
    response: decidedMoveSchema,
    example: { body: { origin: 1, decision: "accepted" } },
  },
  ({ params, body, ...asked }) => decideMove(asked, params.sae, body),
);
