import { exampleQuerySchema, foundExamplesSchema } from "#lib/contract/index";
import { findExamples } from "#app/_server/examples";
import { route } from "#app/_server/route";
import { featureParams } from "#app/_server/route-params";

export const GET = route(
  {
    params: featureParams,
    query: exampleQuerySchema,
    response: foundExamplesSchema,
  },
  ({ params, query }) => findExamples(params.sae, params.index, query),
);
