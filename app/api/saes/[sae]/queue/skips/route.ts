import { skipSchema, skippedSchema, unskipSchema } from "#lib/contract/index";
import { skip, unskip } from "#app/_server/queue";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const PUT = route(
  {
    summary:
      "Goes on from a feature without an answer, and says why; the queue does not hand it to the same person again.",
    may: "queue.work",
    params: saeParams,
    body: skipSchema,
    response: skippedSchema,
    example: { body: { feature: 7, reason: "unclear" } },
  },
  ({ params, body, ...asked }) => skip(asked, params.sae, body),
);

export const DELETE = route(
  {
    summary: "Takes one's own skip back.",
    may: "queue.work",
    params: saeParams,
    body: unskipSchema,
    response: skippedSchema,
    example: { body: { feature: 7 } },
  },
  ({ params, body, ...asked }) => unskip(asked, params.sae, body.feature),
);
