import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";

/**
 * Whether a file's content matches the hub's ETag: SHA-256 when it has 64 hex
 * digits, git's blob SHA-1 when it has 40; other ETags say nothing.
 */
export async function matchesEtag(
  file: string,
  etag: string,
): Promise<boolean> {
  if (/^[0-9a-f]{64}$/.test(etag))
    return (await digest(file, "sha256")) === etag;
  if (/^[0-9a-f]{40}$/.test(etag)) {
    const { size } = await stat(file);
    return (await digest(file, "sha1", `blob ${size}\0`)) === etag;
  }
  return true;
}

async function digest(
  file: string,
  algorithm: string,
  prefix = "",
): Promise<string> {
  const hash = createHash(algorithm).update(prefix);
  for await (const chunk of createReadStream(file))
    hash.update(chunk as Buffer);
  return hash.digest("hex");
}
