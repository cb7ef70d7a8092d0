import { doneSchema, sessionListSchema } from "#lib/contract/index";
import { endOtherSessions, ownSessions } from "#app/_server/account";
import { route } from "#app/_server/route";

export const GET = route(
  {
    summary: "Where one is logged in.",
    response: sessionListSchema,
    may: "account",
  },
  ({ request, actor }) => ownSessions(request, actor),
);

/** All but the one that asks. */
export const DELETE = route(
  {
    summary: "Logs out everywhere else.",
    response: doneSchema,
    may: "account",
  },
  ({ request, actor }) => endOtherSessions(request, actor),
);
