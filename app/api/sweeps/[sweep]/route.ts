import { sweepDetailSchema } from "#lib/contract/index";
import { route } from "#app/_server/route";
import { sweepParams } from "#app/_server/route-params";
import { getSweep } from "#app/_server/sweeps";

export const GET = route(
  { params: sweepParams, response: sweepDetailSchema },
  ({ params }) => getSweep(params.sweep),
);
