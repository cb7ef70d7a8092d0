import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { AppError, systemErrorCode } from "#lib/errors";

/** 32 random bytes, base64url: what a link or a program shows to get in. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * What is kept of such a secret. 256 random bits need no slow hash: nobody
 * guesses them.
 */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/**
 * The secret that cookies are signed with, from its file; made, for its owner
 * alone to read, when there is none. Of several processes that start at once
 * all take the same.
 *
 * @throws AppError "unavailable" for a file that holds none.
 */
export function serverSecret(file: string): string {
  const known = readSecret(file);
  if (known !== undefined) return known;
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${newSecret()}\n`, { mode: 0o600, flush: true });
  try {
    // A link is made whole or not at all, and never over another's.
    linkSync(temporary, file);
  } catch (error) {
    if (systemErrorCode(error) !== "EEXIST") throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  return readSecret(file)!;
}

function readSecret(file: string): string | undefined {
  let secret: string;
  try {
    secret = readFileSync(file, "utf8").trim();
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
  if (secret.length < 32) {
    throw new AppError(
      "unavailable",
      `${file} holds no secret; remove it, and a new one is made (everybody logs in again).`,
    );
  }
  chmodSync(file, 0o600);
  return secret;
}
