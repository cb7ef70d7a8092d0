import { lensTokenRequestSchema, lensTokenSchema } from "#lib/contract/index";
import { lensToken } from "#app/_server/lens";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const POST = route(
  {
    summary: "What each active feature adds to the logit of a next token.",
    params: saeParams,
    body: lensTokenRequestSchema,
    response: lensTokenSchema,
    may: "read",
    example: { body: { text: "The whale swam.", token: 2 } },
  },
  ({ params, body, request }) => lensToken(params.sae, body, request.signal),
);
