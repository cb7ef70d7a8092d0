import { userInfo } from "node:os";
import { settings } from "#lib/config";
import { localPerson } from "#lib/db/index";
import { AppError } from "#lib/errors";
import type { Actor } from "#lib/policy";
import { labels } from "./databases";
import { hostName, isLoopback } from "./loopback";

/**
 * Who asks. Bound to this machine alone there is one person, who may do
 * everything and does not log in.
 *
 * @throws AppError "unauthorized" or "forbidden".
 */
export async function actorOf(
  request: Pick<Request, "headers">,
): Promise<Actor> {
  if (!isLoopback(settings().host)) {
    throw new AppError("unauthorized", "Log in first.");
  }
  // Another site may have its name point here (DNS rebinding), to read and
  // write with this person's browser.
  const host = request.headers.get("host");
  if (host !== null && !isLoopback(hostName(host))) {
    throw new AppError(
      "forbidden",
      "Without log-in Monolex answers only to this machine's own names, such as localhost.",
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
