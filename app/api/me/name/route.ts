import { meSchema, renameSchema } from "#lib/contract/index";
import { rename } from "#app/_server/account";
import { route } from "#app/_server/route";

export const PUT = route(
  {
    summary:
      "Changes one's own name. A name that looks like another's is refused.",
    example: { body: { name: "Ada Lovelace" } },
    body: renameSchema,
    response: meSchema,
    may: "account",
  },
  ({ actor, body }) => rename(actor, body.name),
);
