import { meSchema, renameSchema } from "#lib/contract/index";
import { rename } from "#app/_server/account";
import { route } from "#app/_server/route";

export const PUT = route(
  { body: renameSchema, response: meSchema, may: "account" },
  ({ actor, body }) => rename(actor, body.name),
);
