import {
  acceptSchema,
  inviteParams,
  meSchema,
  welcomeSchema,
} from "#lib/contract/index";
import { accept, readInvitation } from "#app/_server/log-in";
import { openRoute } from "#app/_server/route";

export const GET = openRoute(
  { params: inviteParams, response: welcomeSchema },
  ({ params }) => readInvitation(params.token),
);

/** Uses the invitation up and logs in. */
export const POST = openRoute(
  { params: inviteParams, body: acceptSchema, response: meSchema, status: 201 },
  ({ request, params, body, headers }) =>
    accept(request, params.token, body, headers),
);
