import {
  acceptInvitationSchema,
  inviteParams,
  meSchema,
  welcomeSchema,
} from "#lib/contract/index";
import { accept, readInvitation } from "#app/_server/log-in";
import { openRoute } from "#app/_server/route";

export const GET = openRoute(
  {
    summary: "What an invitation is good for, to whoever has its link.",
    params: inviteParams,
    response: welcomeSchema,
  },
  ({ params }) => readInvitation(params.token),
);

/** Uses the invitation up and logs in. */
export const POST = openRoute(
  {
    summary:
      "Uses an invitation up: its person has this name and password from now on, and is logged in.",
    example: { body: { name: "Ada", password: "the new four words" } },
    params: inviteParams,
    body: acceptInvitationSchema,
    response: meSchema,
    status: 201,
  },
  ({ request, params, body, headers }) =>
    accept(request, params.token, body, headers),
);
