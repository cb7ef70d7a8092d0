import { lensRequestSchema, lensResponseSchema } from "#lib/contract/index";
import { lens } from "#app/_server/lens";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const POST = route(
  {
    summary:
      "Every active feature on every token of a text, and what the SAE misses.",
    params: saeParams,
    body: lensRequestSchema,
    response: lensResponseSchema,
    may: "read",
    example: { body: { text: "The whale swam." } },
  },
  ({ params, body, request }) => lens(params.sae, body, request.signal),
);
