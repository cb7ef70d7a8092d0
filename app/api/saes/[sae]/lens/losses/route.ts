import { lensRequestSchema, lensLossesSchema } from "#lib/contract/index";
import { lensLosses } from "#app/_server/lens";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const POST = route(
  {
    summary:
      "What the model predicts after every token of a text, with and without the SAE.",
    params: saeParams,
    body: lensRequestSchema,
    response: lensLossesSchema,
    may: "read",
    example: { body: { text: "The whale swam." } },
  },
  ({ params, body, request }) => lensLosses(params.sae, body, request.signal),
);
