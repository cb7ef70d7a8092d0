import { userInfo } from "node:os";
import { settings } from "#lib/config";
import type { Me } from "#lib/contract/index";
import { localPerson } from "#lib/db/index";
import { AppError } from "#lib/errors";
import { actorOfToken, findLogIn } from "#lib/people/index";
import type { Actor } from "#lib/policy";
import { labels, logInDesk } from "./databases";
import { INCOMING } from "./incoming";
import { hostName, isLoopback } from "#lib/loopback";

type Asking = Pick<Request, "headers">;

/**
 * Who asks: by an API token, by the cookie of a log-in, or, where Monolex
 * answers to this machine alone, the one person there is, who may do everything
 * and does not log in.
 *
 * @throws AppError "unauthorized", or "forbidden" where nobody could log in.
 */
export async function actorOf(request: Asking): Promise<Actor> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) return tokenActor(authorization);
  if (isSingleUser()) return localActor(request);
  const found = await findLogIn(logInDesk(), request.headers);
  if (!found) throw new AppError("unauthorized", "Log in first.");
  const { id, name, role } = found.person;
  return { id, name, role, scopes: null };
}

/** The same as an answer: nobody is somebody too. */
export async function meOf(request: Asking): Promise<Me> {
  try {
    const { id, name, role, scopes } = await actorOf(request);
    return {
      person: { id, name, role },
      scopes: scopes === null ? null : [...scopes],
      singleUser: isSingleUser(),
    };
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    return { person: null, scopes: null, singleUser: isSingleUser() };
  }
}

/** Whether nobody logs in. Bound to any other address than loopback: never. */
export function isSingleUser(): boolean {
  const { login, host } = settings();
  return login === "auto" && isLoopback(host);
}

/** Where a request comes from, as far as limits are concerned. */
export function addressOf(request: Asking): string {
  return request.headers.get(INCOMING.address) ?? "unknown";
}

function tokenActor(authorization: string): Actor {
  const secret = /^Bearer +(\S{1,200})$/i.exec(authorization)?.[1];
  const actor =
    secret === undefined ? undefined : actorOfToken(logInDesk(), secret);
  if (actor) return actor;
  throw new AppError(
    "unauthorized",
    "This API token is not good: it was mistyped, revoked or has expired; make another under Account.",
  );
}

function localActor({ headers }: Asking): Actor {
  // Another site may have its name point here (DNS rebinding), to read and
  // write with this person's browser.
  const host = headers.get("host");
  if (host === null || !isLoopback(hostName(host))) {
    throw new AppError(
      "forbidden",
      "Without log-in Monolex answers only to this machine's own names, such as localhost; set LOGIN=required to open it to others.",
    );
  }
  if (headers.get(INCOMING.local) !== "1") {
    throw new AppError(
      "forbidden",
      "Without log-in Monolex answers only to this machine itself, and this request came through a proxy or from outside; set LOGIN=required.",
    );
  }
  const { id, name, role } = localPerson(
    labels(),
    systemName(),
    new Date().toISOString(),
  );
  return { id, name, role, scopes: null };
}

/** What the operating system calls the person, or "You". */
function systemName(): string {
  try {
    const { username } = userInfo();
    return username === "" || username === "root" ? "You" : username;
  } catch {
    return "You";
  }
}
