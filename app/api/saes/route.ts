import { saeListSchema } from "#lib/contract/index";
import { route } from "#app/_server/route";
import { listSaes } from "#app/_server/saes";

export const dynamic = "force-dynamic";

export const GET = route(
  { summary: "Every SAE that has an index.", response: saeListSchema },
  listSaes,
);
