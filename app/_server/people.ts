import type { z } from "zod";
import type {
  changePersonSchema,
  Invitation,
  InvitationPage,
  newInvitationSchema,
  peopleQuerySchema,
  PeoplePage,
  ListedPerson,
} from "#lib/contract/index";
import {
  listPeople,
  openInvitations,
  type OpenInvitation,
  type PersonRow,
} from "#lib/db/index";
import {
  canBeClaimed,
  createInvitation,
  findPersonName,
  setDisabled,
  setRole,
  withdrawInvitation,
} from "#lib/people/index";
import { assertMay, type Actor } from "#lib/policy";
import { logInDesk } from "./databases";

export function getPeople(
  query: z.output<typeof peopleQuerySchema>,
): PeoplePage {
  const { people, nextCursor } = listPeople(logInDesk().db, query);
  return { people: people.map(person), nextCursor };
}

/** Gives somebody else another role, or closes or opens their account. */
export function changePerson(
  actor: Actor,
  id: string,
  { role, disabled }: z.output<typeof changePersonSchema>,
): ListedPerson {
  const action = role === undefined ? "people.disable" : "people.role";
  assertMay(actor, action, { own: actor.id === id });
  const desk = logInDesk();
  return person(
    role === undefined
      ? setDisabled(desk, id, disabled ?? false)
      : setRole(desk, id, role),
  );
}

export function getInvitations(query: {
  cursor?: string | undefined;
  limit: number;
}): InvitationPage {
  const { db, now } = logInDesk();
  const page = openInvitations(db, { now: now().toISOString(), ...query });
  return {
    invitations: page.invitations.map(invitation),
    nextCursor: page.nextCursor,
  };
}

export function invite(
  actor: Actor,
  wanted: z.output<typeof newInvitationSchema>,
): { invitation: Invitation; path: string } {
  const desk = logInDesk();
  const made = createInvitation(desk, { ...wanted, by: actor.id });
  return {
    invitation: invitation({
      ...made.invitation,
      personName: findPersonName(desk, made.invitation.personId),
      createdByName: actor.name,
    }),
    path: `/invite/${made.secret}`,
  };
}

export function withdraw(id: string): { done: true } {
  withdrawInvitation(logInDesk(), id);
  return { done: true };
}

function person(row: PersonRow): ListedPerson {
  const { id, name, role, createdAt } = row;
  return { id, name, role, createdAt, state: stateOf(row) };
}

function stateOf(row: PersonRow): ListedPerson["state"] {
  if (row.placeholderAt !== null) return "name";
  if (canBeClaimed(row)) return "local";
  return row.disabledAt === null ? "active" : "disabled";
}

function invitation(row: OpenInvitation): Invitation {
  const { id, role, personId, personName, createdAt, expiresAt } = row;
  return {
    id,
    role,
    person:
      personId === null || personName === null
        ? null
        : { id: personId, name: personName },
    createdBy: row.createdByName,
    createdAt,
    expiresAt,
  };
}
