import {
  apiTokenListSchema,
  madeApiTokenSchema,
  newApiTokenSchema,
} from "#lib/contract/index";
import { makeToken, ownTokens } from "#app/_server/account";
import { route } from "#app/_server/route";

export const GET = route(
  {
    summary: "One's own API tokens, without what they say.",
    response: apiTokenListSchema,
    may: "token.manage",
  },
  ({ actor }) => ownTokens(actor),
);

export const POST = route(
  {
    summary:
      "Makes an API token. What it says is told in this answer only; send it as Authorization: Bearer.",
    example: {
      body: { name: "notebook", scopes: ["read", "label"], days: 90 },
    },
    body: newApiTokenSchema,
    response: madeApiTokenSchema,
    status: 201,
    may: "token.manage",
  },
  ({ actor, body }) => makeToken(actor, body),
);
