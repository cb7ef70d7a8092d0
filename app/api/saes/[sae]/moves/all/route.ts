import { acceptedMovesSchema, acceptMovesSchema } from "#lib/contract/index";
import { acceptMoves } from "#app/_server/moves";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const POST = route(
  {
    summary:
      "Takes over labels of another SAE to features that are each other's nearest, at least so near, and have no label yet; some at a time: go on with nextCursor.",
    may: "label.create",
    params: saeParams,
    body: acceptMovesSchema,
    response: acceptedMovesSchema,
    example: { body: { from: "another-sae", threshold: 0.9 } },
  },
  ({ params, body, ...asked }) => acceptMoves(asked, params.sae, body),
);
