import { join } from "node:path";
import { settings } from "#lib/config";
import {
  countAdmins,
  findPerson,
  findPersonByKey,
  limitDatabase,
  labelDatabase,
  listPeople,
  placeholders,
  type PersonRow,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import {
  addPerson,
  canBeClaimed,
  createAuth,
  createInvitation,
  hashPassword,
  Limits,
  nameKey,
  parseName,
  setDisabled,
  setPassword,
  setRole,
  type PeopleDesk,
} from "#lib/people/index";
import type { Role } from "#lib/policy";

/** A person as the command shows one. */
export interface ShownPerson {
  id: string;
  name: string;
  role: Role;
  state: string;
  since: string;
}

const labelFile = () => join(settings().dataDir, "labels.sqlite");
const desk = (): PeopleDesk => ({
  db: labelDatabase(labelFile()),
  now: () => new Date(),
});

/** Whether anybody can log in as admin. */
export function hasAdmin(): boolean {
  return countAdmins(desk().db) > 0;
}

/** Everybody: those with accounts, then those known by name only. */
export function allPeople(): ShownPerson[] {
  const { db } = desk();
  return (["accounts", "names"] as const).flatMap((kind) => {
    const found: ShownPerson[] = [];
    let cursor: string | undefined;
    do {
      const page = listPeople(db, { kind, limit: 200, cursor });
      found.push(...page.people.map(shown));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return found;
  });
}

/** Adds a person with a password, or gives one known by name only an account. */
export async function runAdd(
  name: string,
  role: Role,
  claim: string | undefined,
  password: () => Promise<string>,
): Promise<ShownPerson> {
  const claimed = claim === undefined ? undefined : personCalled(claim);
  // A bad name is told before a password is asked for.
  parseName(name);
  const passwordHash = await hashed(await password(), name);
  return shown(
    addPerson(desk(), {
      name,
      role,
      passwordHash,
      ...(claimed ? { claim: claimed.id } : {}),
    }),
  );
}

/** Sets a new password and lets the person try again at once. */
export async function runPassword(
  name: string,
  password: () => Promise<string>,
): Promise<ShownPerson> {
  const person = personCalled(name);
  const hash = await hashed(await password(), person.name);
  const row = setPassword(desk(), person.id, hash);
  const file = join(settings().dataDir, "limits.sqlite");
  new Limits(limitDatabase(file)).clear("log-in name", row.nameKey);
  return shown(row);
}

export function runRole(name: string, role: Role): ShownPerson {
  return shown(setRole(desk(), personCalled(name).id, role));
}

export function runDisable(name: string, disabled: boolean): ShownPerson {
  return shown(setDisabled(desk(), personCalled(name).id, disabled));
}

/**
 * Makes a link that lets one person in: a new one, or (with a name) one who is
 * known, to take that name over or to set a new password.
 */
export function runInvite(
  name: string | undefined,
  role: Role,
  days: number,
): { link: string; role: Role; expiresAt: string } {
  const person = name === undefined ? null : personCalled(name);
  const { invitation, secret } = createInvitation(desk(), {
    role,
    days,
    personId: person?.id ?? null,
    by: null,
  });
  const { publicUrl, host, port } = settings();
  const address =
    publicUrl ?? `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  return {
    link: `${address}/invite/${secret}`,
    role: invitation.role,
    expiresAt: invitation.expiresAt,
  };
}

/** By the name one logs in as, a name only, or an id. */
function personCalled(name: string): PersonRow {
  const { db } = desk();
  const nameOnly = placeholders(db).find((other) => other.name === name);
  const person =
    findPersonByKey(db, nameKey(name)) ?? findPerson(db, nameOnly?.id ?? name);
  if (person) return person;
  throw new AppError(
    "not_found",
    `There is nobody called “${name}”; \`npm run people -- list\` shows everybody.`,
  );
}

async function hashed(password: string, name: string): Promise<string> {
  // Only its hash function is used: no cookie is signed with this.
  const secret = "x".repeat(32);
  const auth = createAuth(desk().db, { secret, secureCookies: false });
  return hashPassword(auth, password, name);
}

function shown(row: PersonRow): ShownPerson {
  const { id, name, role, createdAt: since } = row;
  const state =
    row.placeholderAt !== null
      ? "name only"
      : canBeClaimed(row)
        ? "single user"
        : row.disabledAt === null
          ? "active"
          : "disabled";
  return { id, name, role, state, since };
}
