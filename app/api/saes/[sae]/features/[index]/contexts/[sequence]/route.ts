import { contextQuerySchema, foundExampleSchema } from "#lib/contract/index";
import { getContext } from "#app/_server/examples";
import { route } from "#app/_server/route";
import { contextParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "One sequence of the index with a feature's activations, about one of its tokens.",
    params: contextParams,
    query: contextQuerySchema,
    response: foundExampleSchema,
    example: { query: { position: 5 } },
  },
  ({ params: { sae, index, sequence }, query }) =>
    getContext(sae, index, sequence, query.position),
);
