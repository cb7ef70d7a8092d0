import { sweepListSchema } from "#lib/contract/index";
import { route } from "#app/_server/route";
import { listSweeps } from "#app/_server/sweeps";

export const dynamic = "force-dynamic";

export const GET = route({ response: sweepListSchema }, listSweeps);
