import { lensRequestSchema, lensResponseSchema } from "#lib/contract/index";
import { lens } from "#app/_server/lens";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const POST = route(
  {
    params: saeParams,
    body: lensRequestSchema,
    response: lensResponseSchema,
    may: "read",
  },
  ({ params, body, request }) => lens(params.sae, body, request.signal),
);
