import { presenceSchema } from "#lib/contract/index";
import { placeOf } from "#app/_server/databases";
import { presentAt } from "#app/_server/live";
import { route } from "#app/_server/route";
import { featureParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary: "Who is looking at a feature now.",
    params: featureParams,
    response: presenceSchema,
  },
  ({ params }) => presentAt(placeOf(params.sae, params.index)),
);
