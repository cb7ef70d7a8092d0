import { APIError } from "better-auth/api";
import {
  deleteExpiredSessions,
  deleteSession,
  deleteSessionByToken,
  findPersonByKey,
  findSession,
  hasCredential,
  type PersonRow,
  type SessionRow,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import type { Auth } from "./auth";
import { readSignedCookie } from "./cookies";
import { nameKey } from "./names";
import { checkPassword } from "./passwords";
import { timestamp, type PeopleDesk } from "./people";

/** Where people log in. */
export interface LogInDesk extends PeopleDesk {
  auth: Auth;
}

export interface LoggedIn {
  person: PersonRow;
  /** Set-Cookie headers. */
  cookies: string[];
}

/**
 * Logs a person in: always a new session; the one that came with the request
 * ends. An unknown name takes as long as a wrong password and is answered
 * alike.
 *
 * @param headers of the request: its cookies and user agent.
 * @throws AppError "unauthorized"
 */
export async function logIn(
  desk: LogInDesk,
  who: { name: string; password: string; remember: boolean },
  headers: Headers,
): Promise<LoggedIn> {
  const known = findPersonByKey(desk.db, nameKey(who.name));
  const person =
    known && known.disabledAt === null && hasCredential(desk.db, known.id)
      ? known
      : undefined;
  const signedIn = await refusable(() =>
    desk.auth.api.signInUsername({
      body: {
        // No name has a colon: nobody's, and a password is hashed all the same.
        username: person?.nameKey ?? "nobody:",
        password: who.password,
        rememberMe: who.remember,
      },
      headers,
      returnHeaders: true,
    }),
  );
  if (!person || !signedIn) {
    throw new AppError("unauthorized", "Name or password is not right.");
  }
  const before = await sessionToken(desk, headers);
  if (before !== undefined) deleteSessionByToken(desk.db, before);
  deleteExpiredSessions(desk.db, timestamp(desk));
  return { person, cookies: signedIn.headers.getSetCookie() };
}

/** Ends the session that the request's cookie names. @returns Set-Cookie. */
export async function logOut(
  desk: LogInDesk,
  headers: Headers,
): Promise<string[]> {
  const { headers: answer } = await desk.auth.api.signOut({
    headers,
    returnHeaders: true,
  });
  return answer.getSetCookie();
}

/** Whose session the request's cookie names, while it is good. */
export async function findLogIn(
  desk: LogInDesk,
  headers: Headers,
): Promise<{ session: SessionRow; person: PersonRow } | undefined> {
  const token = await sessionToken(desk, headers);
  if (token === undefined) return undefined;
  const found = findSession(desk.db, token, timestamp(desk));
  return found && found.person.disabledAt === null ? found : undefined;
}

/**
 * Changes the password of who is logged in; all their sessions end, and this
 * one goes on as a new one.
 *
 * @returns Set-Cookie headers.
 * @throws AppError "invalid" for a bad new password, "forbidden" when the
 *   present one is not right.
 */
export async function changePassword(
  desk: LogInDesk,
  person: PersonRow,
  { current, next }: { current: string; next: string },
  headers: Headers,
): Promise<string[]> {
  checkPassword(next, person.name);
  const changed = await refusable(() =>
    desk.auth.api.changePassword({
      body: {
        currentPassword: current,
        newPassword: next,
        revokeOtherSessions: true,
      },
      headers,
      returnHeaders: true,
    }),
  );
  if (!changed) {
    throw new AppError("forbidden", "Your present password is not right.");
  }
  return changed.headers.getSetCookie();
}

/** @throws AppError "not_found", also for another's session. */
export function endSession(
  desk: PeopleDesk,
  personId: string,
  id: string,
): void {
  if (deleteSession(desk.db, personId, id)) return;
  throw new AppError("not_found", "You have no such session.");
}

/** scrypt with a salt of its own. Checked first. */
export async function hashPassword(
  auth: Auth,
  password: string,
  name: string,
): Promise<string> {
  checkPassword(password, name);
  const context = await auth.$context;
  return context.password.hash(password);
}

/** The token in the request's cookie, if we signed it. */
async function sessionToken(
  { auth }: LogInDesk,
  headers: Headers,
): Promise<string | undefined> {
  const { authCookies, secret } = await auth.$context;
  return readSignedCookie(headers, authCookies.sessionToken.name, secret);
}

/** What the library's refusal is; anything else it throws is passed on. */
async function refusable<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return undefined;
    throw error;
  }
}
