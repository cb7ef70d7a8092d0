import {
  ownTextRequestSchema,
  ownTextResponseSchema,
} from "#lib/contract/index";
import { ownText } from "#app/_server/own-text";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const POST = route(
  {
    summary: "Which features fire on each token of a text of your own.",
    params: saeParams,
    body: ownTextRequestSchema,
    response: ownTextResponseSchema,
    may: "read",
    example: { body: { text: "The whale swam.", perToken: 3 } },
  },
  ({ params, body, request, actor }) =>
    ownText(actor, params.sae, body, request.signal),
);
