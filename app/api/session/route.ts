import { logInSchema, meSchema } from "#lib/contract/index";
import { enter, leave } from "#app/_server/log-in";
import { openRoute } from "#app/_server/route";

/** Logs in. */
export const POST = openRoute(
  {
    summary:
      "Logs in; the session is a cookie. A program uses an API token instead.",
    example: { body: { name: "Ada", password: "the old four words" } },
    body: logInSchema,
    response: meSchema,
  },
  ({ request, body, headers }) => enter(request, body, headers),
);

/** Logs out. */
export const DELETE = openRoute(
  {
    summary: "Logs out.",
    response: meSchema,
  },
  ({ request, headers }) => leave(request, headers),
);
