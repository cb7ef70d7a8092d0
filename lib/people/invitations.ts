import {
  findOpenInvitation,
  findPerson,
  insertInvitation,
  inTransaction,
  markInvitationUsed,
  revokeInvitation,
  revokeInvitationsFor,
  type InvitationRow,
  type PersonRow,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import type { Role } from "#lib/policy";
import {
  addPerson,
  canBeClaimed,
  freeName,
  getPerson,
  setPassword,
  timestamp,
  type PeopleDesk,
} from "./people";
import { hashSecret, newSecret } from "./secrets";

const DAY_MS = 24 * 3600 * 1000;

export interface NewInvitation {
  role: Role;
  days: number;
  /** An existing person: takes a name over, or gets a new password. */
  personId: string | null;
  /** Who invites; null on the command line. */
  by: string | null;
}

/** Makes a link's secret. It is told here only: its hash is kept. */
export function createInvitation(
  desk: PeopleDesk,
  { role, days, personId, by }: NewInvitation,
): { invitation: InvitationRow; secret: string } {
  const secret = newSecret();
  const now = desk.now();
  const invitation = inTransaction(desk.db, () => {
    const person = personId === null ? null : getPerson(desk, personId);
    if (person !== null && person.disabledAt !== null) {
      throw new AppError(
        "conflict",
        `The account of ${person.name} is disabled; enable it first.`,
      );
    }
    // One link at a time: an older one may be in the wrong hands.
    if (person) revokeInvitationsFor(desk.db, person.id, now.toISOString());
    return insertInvitation(desk.db, {
      tokenHash: hashSecret(secret),
      // A new password gives no new rights.
      role: person && !canBeClaimed(person) ? person.role : role,
      personId,
      createdBy: by,
      createdAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + days * DAY_MS).toISOString(),
    });
  });
  return { invitation, secret };
}

/** What an invitation is good for. */
export interface Welcome {
  invitation: InvitationRow;
  /** The person it is for, where that one is known. */
  person: PersonRow | null;
  /** Whether the person chooses a name; else they only get a new password. */
  choosesName: boolean;
}

/** @throws AppError "not_found", the same for every link that does not work. */
export function openInvitation(desk: PeopleDesk, secret: string): Welcome {
  const invitation = findOpenInvitation(
    desk.db,
    hashSecret(secret),
    timestamp(desk),
  );
  const person = invitation?.personId
    ? (findPerson(desk.db, invitation.personId) ?? null)
    : null;
  if (!invitation || person?.disabledAt) {
    throw new AppError(
      "not_found",
      "This invitation does not work: it was used, withdrawn or has expired; ask for a new one.",
    );
  }
  return {
    invitation,
    person,
    choosesName: person === null || canBeClaimed(person),
  };
}

/**
 * Uses an invitation up: its person can log in with that password from now on.
 *
 * @param name ignored where the invitation is for an account that exists.
 * @throws AppError as `openInvitation` and `freeName` do.
 */
export function acceptInvitation(
  desk: PeopleDesk,
  secret: string,
  { name, passwordHash }: { name: string; passwordHash: string },
): PersonRow {
  return inTransaction(desk.db, () => {
    const { invitation, person, choosesName } = openInvitation(desk, secret);
    const accepted =
      person && !choosesName
        ? setPassword(desk, person.id, passwordHash)
        : addPerson(desk, {
            name,
            role: invitation.role,
            passwordHash,
            ...(person ? { claim: person.id } : {}),
          });
    markInvitationUsed(desk.db, invitation.id, accepted.id, timestamp(desk));
    return accepted;
  });
}

/** What name somebody would have; checked before a password is hashed. */
export function checkAcceptance(
  desk: PeopleDesk,
  secret: string,
  name: string,
): string {
  const { person, choosesName } = openInvitation(desk, secret);
  if (!choosesName && person) return person.name;
  return freeName(desk, name, person?.id ?? null).name;
}

/** @throws AppError "not_found" */
export function withdrawInvitation(desk: PeopleDesk, id: string): void {
  if (revokeInvitation(desk.db, id, timestamp(desk))) return;
  throw new AppError(
    "not_found",
    "There is no such invitation: it was used, withdrawn or has expired.",
  );
}
