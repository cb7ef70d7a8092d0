import {
  apiTokenListSchema,
  madeApiTokenSchema,
  newApiTokenSchema,
} from "#lib/contract/index";
import { makeToken, ownTokens } from "#app/_server/account";
import { route } from "#app/_server/route";

export const GET = route(
  { response: apiTokenListSchema, may: "token.manage" },
  ({ actor }) => ownTokens(actor),
);

export const POST = route(
  {
    body: newApiTokenSchema,
    response: madeApiTokenSchema,
    status: 201,
    may: "token.manage",
  },
  ({ actor, body }) => makeToken(actor, body),
);
