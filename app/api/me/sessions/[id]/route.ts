import { doneSchema, rowParams } from "#lib/contract/index";
import { endOwnSession } from "#app/_server/account";
import { route } from "#app/_server/route";

export const DELETE = route(
  {
    summary: "Ends one of one's own sessions.",
    params: rowParams,
    response: doneSchema,
    may: "account",
  },
  ({ actor, params }) => endOwnSession(actor, params.id),
);
