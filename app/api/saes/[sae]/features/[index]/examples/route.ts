import { exampleQuerySchema, foundExamplesSchema } from "#lib/contract/index";
import { findExamples } from "#app/_server/examples";
import { route } from "#app/_server/route";
import { featureParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "Contexts whose strongest activation lies in a range, strongest first.",
    params: featureParams,
    query: exampleQuerySchema,
    response: foundExamplesSchema,
    example: { query: { above: 1, limit: 3 } },
  },
  ({ params, query }) => findExamples(params.sae, params.index, query),
);
