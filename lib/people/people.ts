import {
  countAdmins,
  deleteSessionsOf,
  findNamesake,
  findPerson,
  hasCredential,
  insertPerson,
  inTransaction,
  LOCAL_ID,
  placeholders,
  revokeInvitationsFor,
  setCredential,
  updatePerson,
  type LabelDatabase,
  type PersonRow,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import type { Role } from "#lib/policy";
import { skeleton } from "./look-alikes";
import { nameKey, parseName, type Name } from "./names";

/** Where people are written down, and what time it is. */
export interface PeopleDesk {
  db: LabelDatabase;
  now: () => Date;
}

export function timestamp(desk: PeopleDesk): string {
  return desk.now().toISOString();
}

/** @throws AppError "not_found" */
export function getPerson(desk: PeopleDesk, id: string): PersonRow {
  const person = findPerson(desk.db, id);
  if (!person) throw new AppError("not_found", "There is no such person.");
  return person;
}

/** Of somebody who may be nobody. */
export function findPersonName(
  desk: PeopleDesk,
  id: string | null,
): string | null {
  return id === null ? null : (findPerson(desk.db, id)?.name ?? null);
}

/** Whether the person can log in with one. */
export function hasPassword(desk: PeopleDesk, { id }: PersonRow): boolean {
  return hasCredential(desk.db, id);
}

/**
 * A name that is to be somebody's: checked, and nobody else's.
 *
 * @param exceptId the person who is to have it, where that one exists.
 * @throws AppError "invalid", or "conflict" when it is taken or looks like one
 *   that is.
 */
export function freeName(
  desk: PeopleDesk,
  text: string,
  exceptId: string | null,
): Name {
  const name = parseName(text);
  const taken =
    findNamesake(desk.db, name, exceptId)?.name ??
    placeholders(desk.db).find(
      (other) =>
        other.id !== exceptId &&
        (nameKey(other.name) === name.nameKey ||
          skeleton(other.name) === name.nameSkeleton),
    )?.name;
  if (taken === undefined) return name;
  throw new AppError(
    "conflict",
    taken === name.name
      ? `Somebody is called “${taken}” here already; choose another name.`
      : `“${name.name}” looks too much like “${taken}”, who is here already; choose another name.`,
  );
}

/**
 * Adds a person with a password. `claim` is one known by name only, or the
 * person of the single-user mode, whose labels become this person's.
 *
 * @throws AppError as `freeName` does.
 */
export function addPerson(
  desk: PeopleDesk,
  person: { name: string; role: Role; passwordHash: string; claim?: string },
): PersonRow {
  const { db } = desk;
  const at = timestamp(desk);
  return inTransaction(db, () => {
    const name = freeName(desk, person.name, person.claim ?? null);
    const row =
      person.claim === undefined
        ? insertPerson(db, { ...name, role: person.role }, at)
        : claim(desk, person.claim, name, person.role);
    setCredential(db, row.id, person.passwordHash, at);
    return row;
  });
}

function claim(
  desk: PeopleDesk,
  id: string,
  name: Name,
  role: Role,
): PersonRow {
  const person = getPerson(desk, id);
  if (!canBeClaimed(person)) {
    throw new AppError("conflict", `${person.name} has an account already.`);
  }
  const change = { ...name, role, placeholderAt: null };
  return updatePerson(desk.db, id, change, timestamp(desk));
}

/** Whether the person has written, but never had an account. */
export function canBeClaimed(person: PersonRow): boolean {
  return (
    person.placeholderAt !== null || person.nameKey === `local:${LOCAL_ID}`
  );
}

/** @throws AppError as `freeName` does. */
export function renamePerson(
  desk: PeopleDesk,
  id: string,
  text: string,
): PersonRow {
  return inTransaction(desk.db, () => {
    const person = getPerson(desk, id);
    // The person of the single-user mode may have anybody's name: alone there.
    const name =
      person.nameKey === `local:${LOCAL_ID}`
        ? { name: parseName(text).name }
        : freeName(desk, text, id);
    return updatePerson(desk.db, id, name, timestamp(desk));
  });
}

/**
 * Gives a person another role. They log in again: no session outlives the
 * rights it was made with.
 *
 * @throws AppError "not_found"; "conflict" for the last admin.
 */
export function setRole(desk: PeopleDesk, id: string, role: Role): PersonRow {
  return inTransaction(desk.db, () => {
    const person = account(desk, id);
    if (person.role === role) return person;
    if (role !== "admin") keepAnAdmin(desk, person);
    deleteSessionsOf(desk.db, id);
    return updatePerson(desk.db, id, { role }, timestamp(desk));
  });
}

/**
 * Closes an account, or opens it again. What the person wrote stays; sessions
 * end, tokens and links do not work.
 *
 * @throws AppError "not_found"; "conflict" for the last admin.
 */
export function setDisabled(
  desk: PeopleDesk,
  id: string,
  disabled: boolean,
): PersonRow {
  return inTransaction(desk.db, () => {
    const person = account(desk, id);
    if ((person.disabledAt !== null) === disabled) return person;
    const at = timestamp(desk);
    if (disabled) {
      keepAnAdmin(desk, person);
      deleteSessionsOf(desk.db, id);
      revokeInvitationsFor(desk.db, id, at);
    }
    return updatePerson(desk.db, id, { disabledAt: disabled ? at : null }, at);
  });
}

/** Sets a person's password, ends their sessions, withdraws other links. */
export function setPassword(
  desk: PeopleDesk,
  id: string,
  passwordHash: string,
): PersonRow {
  return inTransaction(desk.db, () => {
    const person = account(desk, id);
    const at = timestamp(desk);
    setCredential(desk.db, id, passwordHash, at);
    deleteSessionsOf(desk.db, id);
    revokeInvitationsFor(desk.db, id, at);
    return person;
  });
}

function account(desk: PeopleDesk, id: string): PersonRow {
  const person = getPerson(desk, id);
  if (!canBeClaimed(person)) return person;
  throw new AppError(
    "conflict",
    `${person.name} has no account: invite whoever it is to take the name over.`,
  );
}

function keepAnAdmin(desk: PeopleDesk, person: PersonRow): void {
  const isOne = person.role === "admin" && person.disabledAt === null;
  if (!isOne || countAdmins(desk.db) > 1) return;
  throw new AppError(
    "conflict",
    `${person.name} is the only admin; make somebody else one first.`,
  );
}
