import { saeDetailSchema } from "#lib/contract/index";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";
import { getSae } from "#app/_server/saes";

export const GET = route(
  {
    summary:
      "An SAE: its figures, training curve and configuration, and exactly what was measured.",
    params: saeParams,
    response: saeDetailSchema,
  },
  ({ params }) => getSae(params.sae),
);
