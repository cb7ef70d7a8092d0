import { logInSchema, meSchema } from "#lib/contract/index";
import { enter, leave } from "#app/_server/log-in";
import { openRoute } from "#app/_server/route";

/** Logs in. */
export const POST = openRoute(
  { body: logInSchema, response: meSchema },
  ({ request, body, headers }) => enter(request, body, headers),
);

/** Logs out. */
export const DELETE = openRoute(
  { response: meSchema },
  ({ request, headers }) => leave(request, headers),
);
