import { usageScatterSchema } from "#lib/contract/index";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";
import { getScatter } from "#app/_server/saes";

export const GET = route(
  {
    summary: "How often and how strongly the live features fire.",
    params: saeParams,
    response: usageScatterSchema,
  },
  ({ params }) => getScatter(params.sae),
);
