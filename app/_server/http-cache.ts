import { createHash } from "node:crypto";
import { bytesOf, type Reply } from "./reply";

/**
 * A JSON answer. One to a GET carries a tag of its contents, so that whoever
 * has it already and asks again is told so in a line (304); it may be kept
 * but never used unasked, as labels change at any time.
 */
export function jsonReply(
  request: Pick<Request, "method" | "headers">,
  result: unknown,
  status = 200,
): Reply {
  const body = bytesOf(JSON.stringify(result));
  const headers = new Headers({ "content-type": "application/json" });
  if (request.method !== "GET") {
    headers.set("cache-control", "no-store");
    return { status, headers, body };
  }
  const hash = createHash("sha1").update(body).digest("base64url");
  // Weak: the same contents may be sent compressed or not.
  const etag = `W/"${hash}"`;
  headers.set("etag", etag);
  headers.set("cache-control", "private, no-cache");
  const known = request.headers.get("if-none-match") ?? "";
  if (known.split(/\s*,\s*/).includes(etag)) {
    headers.delete("content-type");
    return { status: 304, headers, body: null };
  }
  return { status, headers, body };
}
