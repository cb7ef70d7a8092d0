import { meSchema } from "#lib/contract/index";
import { openRoute } from "#app/_server/route";
import { meOf } from "#app/_server/session";

export const GET = openRoute(
  {
    summary:
      "Who asks, and whether anybody logs in here at all. Nobody is an answer too.",
    response: meSchema,
  },
  ({ request }) => meOf(request),
);
