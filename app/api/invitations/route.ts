import {
  invitationPageSchema,
  invitationQuerySchema,
  madeInvitationSchema,
  newInvitationSchema,
} from "#lib/contract/index";
import { getInvitations, invite } from "#app/_server/people";
import { route } from "#app/_server/route";

export const GET = route(
  {
    summary: "Invitations that can still be used, page by page.",
    query: invitationQuerySchema,
    response: invitationPageSchema,
    may: "people.invite",
  },
  ({ query }) => getInvitations(query),
);

export const POST = route(
  {
    summary:
      "Makes a link that lets one person in, once. It is told in this answer only.",
    example: { body: { role: "labeller", days: 7 } },
    body: newInvitationSchema,
    response: madeInvitationSchema,
    status: 201,
    may: "people.invite",
  },
  ({ actor, body }) => invite(actor, body),
);
