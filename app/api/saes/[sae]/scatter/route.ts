import { usageScatterSchema } from "#lib/contract/index";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";
import { getScatter } from "#app/_server/saes";

export const GET = route(
  { params: saeParams, response: usageScatterSchema },
  ({ params }) => getScatter(params.sae),
);
