import { changePasswordSchema, doneSchema } from "#lib/contract/index";
import { setOwnPassword } from "#app/_server/account";
import { route } from "#app/_server/route";

export const PUT = route(
  { body: changePasswordSchema, response: doneSchema, may: "account" },
  ({ request, actor, body, headers }) =>
    setOwnPassword(request, actor, body, headers),
);
