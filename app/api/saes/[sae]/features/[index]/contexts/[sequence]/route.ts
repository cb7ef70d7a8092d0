import { contextQuerySchema, foundExampleSchema } from "#lib/contract/index";
import { getContext } from "#app/_server/examples";
import { route } from "#app/_server/route";
import { contextParams } from "#app/_server/route-params";

export const GET = route(
  {
    params: contextParams,
    query: contextQuerySchema,
    response: foundExampleSchema,
  },
  ({ params: { sae, index, sequence }, query }) =>
    getContext(sae, index, sequence, query.position),
);
