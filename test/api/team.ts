import { join } from "node:path";
import { vi } from "vitest";
import { closeConnections, labelDatabase, migrateLabels } from "#lib/db/index";
import { addPerson, createAuth, hashPassword } from "#lib/people/index";
import { ROLES, type Role } from "#lib/policy";
import { call, fetchRoute, type Answer, type CallInit } from "./call";

/** One who is logged in. */
export interface Member {
  id: string;
  name: string;
  role: Role;
  password: string;
  cookie: string;
  /** Calls the API as this person. */
  call(method: string, path: string, init?: CallInit): Promise<Answer>;
}

/** One of each role and, for what is another's, a second labeller. */
export type Team = Record<Role | "other", Member>;

const NAMES = {
  viewer: "Vera",
  labeller: "Lars",
  maintainer: "Mona",
  admin: "Adam",
  other: "Otto",
} as const;

export const PASSWORD = "eleven green bottles";

/**
 * Log-in is required from here on, and a team is logged in. The folder gets a
 * label database if it has none.
 */
export async function makeTeam(folder: string): Promise<Team> {
  vi.stubEnv("DATA_DIR", folder);
  vi.stubEnv("LOGIN", "required");
  const file = join(folder, "labels.sqlite");
  migrateLabels(file);
  closeConnections();
  const db = labelDatabase(file);
  const auth = createAuth(db, { secret: "s".repeat(32), secureCookies: false });
  // One hash for all: it is slow on purpose.
  const passwordHash = await hashPassword(auth, PASSWORD, "");
  const team: Partial<Team> = {};
  for (const key of [...ROLES, "other"] as const) {
    const role = key === "other" ? "labeller" : key;
    const name = NAMES[key];
    const desk = { db, now: () => new Date() };
    const { id } = addPerson(desk, { name, role, passwordHash });
    team[key] = await logInAs({ id, name, role });
  }
  return team as Team;
}

/** Logs in by the API. */
export async function logInAs(
  person: Pick<Member, "id" | "name" | "role">,
  password = PASSWORD,
): Promise<Member> {
  const response = await fetchRoute("POST", "/session", {
    json: { name: person.name, password },
  });
  if (response.status !== 200) throw new Error(await response.text());
  return member(person, cookieOf(response), password);
}

export function member(
  person: Pick<Member, "id" | "name" | "role">,
  cookie: string,
  password = PASSWORD,
): Member {
  return {
    ...person,
    password,
    cookie,
    call: (method, path, init = {}) =>
      call(method, path, { ...init, headers: { cookie, ...init.headers } }),
  };
}

/** What a browser would send back. */
export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0]!)
    .join("; ");
}
