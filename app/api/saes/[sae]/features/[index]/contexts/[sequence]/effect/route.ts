import { contextEffectSchema } from "#lib/contract/index";
import { getContextEffect } from "#app/_server/context-effect";
import { route } from "#app/_server/route";
import { contextParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "What a feature does to the predictions in one sequence: losses and likely tokens with it and without it.",
    params: contextParams,
    response: contextEffectSchema,
  },
  ({ params: { sae, index, sequence }, request }) =>
    getContextEffect(sae, index, sequence, request.signal),
);
