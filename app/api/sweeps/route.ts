import { sweepListSchema } from "#lib/contract/index";
import { route } from "#app/_server/route";
import { listSweeps } from "#app/_server/sweeps";

export const dynamic = "force-dynamic";

export const GET = route(
  { summary: "Every sweep, newest first.", response: sweepListSchema },
  listSweeps,
);
