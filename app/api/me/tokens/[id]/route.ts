import { doneSchema, rowParams } from "#lib/contract/index";
import { revokeToken } from "#app/_server/account";
import { route } from "#app/_server/route";

export const DELETE = route(
  {
    summary: "Revokes one of one's own API tokens.",
    params: rowParams,
    response: doneSchema,
    may: "token.manage",
  },
  ({ actor, params }) => revokeToken(actor, params.id),
);
