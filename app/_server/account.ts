import type {
  ApiToken,
  Me,
  newApiTokenSchema,
  Session,
} from "#lib/contract/index";
import {
  apiTokensOf,
  deleteSessionsOf,
  sessionsOf,
  type ApiTokenRow,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import {
  changePassword,
  createApiToken,
  endSession,
  findLogIn,
  getPerson,
  hasPassword,
  removeApiToken,
  renamePerson,
  scopesOf,
} from "#lib/people/index";
import type { Actor } from "#lib/policy";
import type { z } from "zod";
import { limits, logInDesk } from "./databases";
import { deviceName } from "./device";
import { setCookies } from "./log-in";
import { isSingleUser } from "./session";

/** Changes one's own name. */
export function rename(actor: Actor, name: string): Me {
  const person = renamePerson(logInDesk(), actor.id, name);
  return {
    person: { id: person.id, name: person.name, role: person.role },
    scopes: null,
    singleUser: isSingleUser(),
  };
}

/** Changes one's own password; every other session ends. */
export async function setOwnPassword(
  request: Request,
  actor: Actor,
  passwords: { current: string; next: string },
  headers: Headers,
): Promise<{ done: true }> {
  limits().take("password", actor.id);
  const desk = logInDesk();
  const person = getPerson(desk, actor.id);
  if (!hasPassword(desk, person)) {
    throw new AppError(
      "conflict",
      "Without log-in there is no password to change.",
    );
  }
  setCookies(
    headers,
    await changePassword(desk, person, passwords, request.headers),
  );
  limits().clear("password", actor.id);
  return { done: true };
}

/** Where one is logged in. */
export async function ownSessions(
  request: Pick<Request, "headers">,
  actor: Actor,
): Promise<{ sessions: Session[] }> {
  const { db, now } = logInDesk();
  const here = await findLogIn(logInDesk(), request.headers);
  const rows = sessionsOf(db, actor.id, now().toISOString());
  return {
    sessions: rows.map((row) => ({
      id: row.id,
      current: row.id === here?.session.id,
      device: deviceName(row.userAgent),
      address: row.ipAddress,
      createdAt: row.createdAt,
      expiresAt: row.expiresAt,
    })),
  };
}

/** Ends one of one's own sessions. */
export function endOwnSession(actor: Actor, id: string): { done: true } {
  endSession(logInDesk(), actor.id, id);
  return { done: true };
}

/** Ends all of one's own sessions but the one that asks. */
export async function endOtherSessions(
  request: Request,
  actor: Actor,
): Promise<{ done: true }> {
  const here = await findLogIn(logInDesk(), request.headers);
  deleteSessionsOf(logInDesk().db, actor.id, here?.session.id);
  return { done: true };
}

export function ownTokens(actor: Actor): { tokens: ApiToken[] } {
  const { db, now } = logInDesk();
  const rows = apiTokensOf(db, actor.id, now().toISOString());
  return { tokens: rows.map(apiToken) };
}

export function makeToken(
  actor: Actor,
  wanted: z.output<typeof newApiTokenSchema>,
): { token: ApiToken; secret: string } {
  const { token, secret } = createApiToken(logInDesk(), {
    personId: actor.id,
    ...wanted,
  });
  return { token: apiToken(token), secret };
}

export function revokeToken(actor: Actor, id: string): { done: true } {
  removeApiToken(logInDesk(), actor.id, id);
  return { done: true };
}

function apiToken(row: ApiTokenRow): ApiToken {
  const { id, name, createdAt, lastUsedAt, expiresAt } = row;
  return { id, name, scopes: scopesOf(row), createdAt, lastUsedAt, expiresAt };
}
