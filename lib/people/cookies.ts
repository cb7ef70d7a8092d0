import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * The value of a cookie that the authentication library signed:
 * `value.base64(HMAC-SHA-256(value))`, escaped. Undefined without such a cookie
 * or with a signature that is not right.
 *
 * Read here, not by the library, because every request asks: this takes
 * microseconds, and nothing is written.
 */
export function readSignedCookie(
  headers: Headers,
  name: string,
  secret: string,
): string | undefined {
  const cookie = (headers.get("cookie") ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`));
  if (cookie === undefined) return undefined;
  const text = unescape(cookie.slice(name.length + 1));
  const dot = text.lastIndexOf(".");
  if (dot < 1) return undefined;
  const value = text.slice(0, dot);
  const signature = Buffer.from(text.slice(dot + 1), "base64");
  const expected = createHmac("sha256", secret).update(value).digest();
  return signature.length === expected.length &&
    timingSafeEqual(signature, expected)
    ? value
    : undefined;
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
