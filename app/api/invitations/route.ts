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
    query: invitationQuerySchema,
    response: invitationPageSchema,
    may: "people.invite",
  },
  ({ query }) => getInvitations(query),
);

export const POST = route(
  {
    body: newInvitationSchema,
    response: madeInvitationSchema,
    status: 201,
    may: "people.invite",
  },
  ({ actor, body }) => invite(actor, body),
);
