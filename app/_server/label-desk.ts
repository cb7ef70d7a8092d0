import { AppError } from "#lib/errors";
import type { LabelDesk } from "#lib/labels/index";
import type { Actor } from "#lib/policy";
import { labels } from "./databases";

/** Who asks, and the key that makes asking again harmless. */
export interface Asked {
  actor: Actor;
  request: Pick<Request, "headers">;
}

/**
 * Where this request's changes are written.
 *
 * @throws AppError "invalid" for a header that is no key.
 */
export function deskOf({ actor, request }: Asked): LabelDesk {
  const key = request.headers.get("idempotency-key") ?? undefined;
  if (key !== undefined && !/^[A-Za-z0-9._:-]{8,80}$/.test(key)) {
    throw new AppError(
      "invalid",
      "An Idempotency-Key has 8 to 80 letters, digits, dots, colons or dashes.",
    );
  }
  return { db: labels(), now: () => new Date(), actor, key };
}
