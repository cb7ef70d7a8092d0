import { sweepDetailSchema } from "#lib/contract/index";
import { route } from "#app/_server/route";
import { sweepParams } from "#app/_server/route-params";
import { getSweep } from "#app/_server/sweeps";

export const GET = route(
  {
    summary: "A sweep: a grid of SAEs with their held-out figures.",
    params: sweepParams,
    response: sweepDetailSchema,
  },
  ({ params }) => getSweep(params.sweep),
);
