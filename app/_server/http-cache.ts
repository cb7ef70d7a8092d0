import { createHash } from "node:crypto";

/**
 * A JSON answer. One to a GET carries a tag of its contents, so that whoever
 * has it already and asks again is told so in a line (304); it may be kept
 * but never used unasked, as labels change at any time.
 */
export function jsonAnswer(
  request: Request,
  result: unknown,
  status = 200,
): Response {
  const body = JSON.stringify(result);
  const headers = { "content-type": "application/json" };
  if (request.method !== "GET") {
    return new Response(body, {
      status,
      headers: { ...headers, "cache-control": "no-store" },
    });
  }
  const hash = createHash("sha1").update(body).digest("base64url");
  // Weak: the same contents may be sent compressed or not.
  const etag = `W/"${hash}"`;
  const cached = { etag, "cache-control": "private, no-cache" };
  const known = request.headers.get("if-none-match") ?? "";
  if (known.split(/\s*,\s*/).includes(etag)) {
    return new Response(null, { status: 304, headers: cached });
  }
  return new Response(body, { status, headers: { ...headers, ...cached } });
}
