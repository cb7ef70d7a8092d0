import { meSchema } from "#lib/contract/index";
import { openRoute } from "#app/_server/route";
import { meOf } from "#app/_server/session";

export const GET = openRoute({ response: meSchema }, ({ request }) =>
  meOf(request),
);
