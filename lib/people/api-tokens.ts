import {
  countApiTokensOf,
  findApiToken,
  insertApiToken,
  inTransaction,
  revokeApiToken,
  touchApiToken,
  type ApiTokenRow,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import { SCOPES, type Actor, type Scope } from "#lib/policy";
import { timestamp, type PeopleDesk } from "./people";
import { hashSecret, newSecret } from "./secrets";

/** So that a token left somewhere is recognised as one of ours. */
const PREFIX = "mlx_";
const DAY_MS = 24 * 3600 * 1000;
const MAX_TOKENS = 50;
/** The time of last use is written down this often, not at each use. */
const TOUCH_MS = 60_000;

export interface NewApiToken {
  personId: string;
  name: string;
  scopes: readonly Scope[];
  /** Null: until it is revoked. */
  days: number | null;
}

/** Makes a token. Its text is told here only: its hash is kept. */
export function createApiToken(
  desk: PeopleDesk,
  { personId, name, scopes, days }: NewApiToken,
): { token: ApiTokenRow; secret: string } {
  const secret = PREFIX + newSecret();
  const now = desk.now();
  const token = inTransaction(desk.db, () => {
    const have = countApiTokensOf(desk.db, personId, now.toISOString());
    if (have >= MAX_TOKENS) {
      throw new AppError(
        "conflict",
        `You have ${have} API tokens; revoke one that is not used any more first.`,
      );
    }
    return insertApiToken(desk.db, {
      personId,
      name,
      tokenHash: hashSecret(secret),
      scopes: SCOPES.filter((scope) => scopes.includes(scope)).join(" "),
      createdAt: now.toISOString(),
      expiresAt:
        days === null
          ? null
          : new Date(now.getTime() + days * DAY_MS).toISOString(),
    });
  });
  return { token, secret };
}

/** Who shows this token; undefined if it is not, or no longer, good. */
export function actorOfToken(
  desk: PeopleDesk,
  secret: string,
): Actor | undefined {
  const now = desk.now();
  const at = now.toISOString();
  const found = findApiToken(desk.db, hashSecret(secret), at);
  if (!found || found.person.disabledAt !== null) return undefined;
  const { token, person } = found;
  const lastUsed = token.lastUsedAt === null ? 0 : Date.parse(token.lastUsedAt);
  if (now.getTime() - lastUsed > TOUCH_MS) touchApiToken(desk.db, token.id, at);
  const { id, name, role } = person;
  return { id, name, role, scopes: scopesOf(token) };
}

export function scopesOf(token: ApiTokenRow): Scope[] {
  const words = token.scopes.split(" ");
  return SCOPES.filter((scope) => words.includes(scope));
}

/** @throws AppError "not_found", also for another's token. */
export function removeApiToken(
  desk: PeopleDesk,
  personId: string,
  id: string,
): void {
  if (revokeApiToken(desk.db, personId, id, timestamp(desk))) return;
  throw new AppError("not_found", "You have no such API token.");
}
