import { lensRequestSchema, lensLossesSchema } from "#lib/contract/index";
import { lensLosses } from "#app/_server/lens";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const POST = route(
  {
    params: saeParams,
    body: lensRequestSchema,
    response: lensLossesSchema,
    may: "read",
  },
  ({ params, body, request }) => lensLosses(params.sae, body, request.signal),
);
