import type { z } from "zod";
import type {
  acceptInvitationSchema,
  logInSchema,
  Me,
  Welcome,
} from "#lib/contract/index";
import { countAdmins, type PersonRow } from "#lib/db/index";
import {
  acceptInvitation,
  checkAcceptance,
  hashPassword,
  logIn,
  logOut,
  MIN_PASSWORD,
  nameKey,
  openInvitation,
} from "#lib/people/index";
import { labels, limits, logInDesk } from "./databases";
import { addressOf, meOf } from "./session";

/**
 * Logs in; the cookies go into `headers`. Wrong passwords are counted for the
 * name, whether or not there is such a person, and for the address.
 */
export async function enter(
  request: Request,
  who: z.output<typeof logInSchema>,
  headers: Headers,
): Promise<Me> {
  const name = nameKey(who.name);
  const address = addressOf(request);
  limits().take("log-in address", address);
  limits().take("log-in name", name);
  const { person, cookies } = await logIn(logInDesk(), who, request.headers);
  limits().forgive("log-in address", address);
  limits().clear("log-in name", name);
  return admitted(person, cookies, headers);
}

export { MIN_PASSWORD };

export async function leave(request: Request, headers: Headers): Promise<Me> {
  setCookies(headers, await logOut(logInDesk(), request.headers));
  return meOf({ headers: new Headers() });
}

/** What an invitation is good for; see `openInvitation`. */
export function readInvitation(secret: string): Welcome {
  const { invitation, person, choosesName } = openInvitation(
    logInDesk(),
    secret,
  );
  const { role, expiresAt } = invitation;
  return { role, expiresAt, name: person?.name ?? null, choosesName };
}

/** Uses an invitation up and logs its person in. */
export async function accept(
  request: Request,
  secret: string,
  given: z.output<typeof acceptInvitationSchema>,
  headers: Headers,
): Promise<Me> {
  const address = addressOf(request);
  limits().take("invitation address", address);
  const desk = logInDesk();
  const name = checkAcceptance(desk, secret, given.name);
  const passwordHash = await hashPassword(desk.auth, given.password, name);
  const accepted = acceptInvitation(desk, secret, { name, passwordHash });
  const { person, cookies } = await logIn(
    desk,
    { name: accepted.name, password: given.password, remember: true },
    request.headers,
  );
  limits().forgive("invitation address", address);
  limits().clear("log-in name", person.nameKey);
  return admitted(person, cookies, headers);
}

/** Whether anybody could log in as admin at all. */
export function isSetUp(): boolean {
  return countAdmins(labels()) > 0;
}

function admitted(
  { id, name, role }: PersonRow,
  cookies: string[],
  headers: Headers,
): Me {
  setCookies(headers, cookies);
  return { person: { id, name, role }, scopes: null, singleUser: false };
}

export function setCookies(headers: Headers, cookies: readonly string[]): void {
  for (const cookie of cookies) headers.append("set-cookie", cookie);
}
