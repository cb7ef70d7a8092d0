import { lensTokenRequestSchema, lensTokenSchema } from "#lib/contract/index";
import { lensToken } from "#app/_server/lens";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const POST = route(
  {
    params: saeParams,
    body: lensTokenRequestSchema,
    response: lensTokenSchema,
    may: "read",
  },
  ({ params, body, request }) => lensToken(params.sae, body, request.signal),
);
