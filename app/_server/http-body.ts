import { settings } from "#lib/config";
import { AppError } from "#lib/errors";

const MAX_BODY_BYTES = 64 * 1024;

/**
 * Lets only this site's own pages (and programs, which send no Origin) write:
 * another site's page that posts here on a visitor's behalf is refused.
 *
 * @throws AppError "forbidden"
 */
export function checkOrigin(request: Request): void {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const crossSite = site !== null && site !== "same-origin" && site !== "none";
  if (crossSite || (origin !== null && !isOwn(origin, request))) {
    throw new AppError(
      "forbidden",
      "This request comes from another site; only Monolex's own pages may write.",
    );
  }
}

/**
 * A form on another site can post, but not as JSON.
 *
 * @throws AppError "unsupported_type"
 */
export function checkJson(request: Request): void {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new AppError(
      "unsupported_type",
      "The request must be JSON: send it with content-type application/json.",
    );
  }
}

function isOwn(origin: string, request: Request): boolean {
  if (!URL.canParse(origin)) return false;
  const host = request.headers.get("host") ?? new URL(request.url).host;
  const asked = new URL(origin);
  const { publicUrl } = settings();
  // A proxy may not hand on the host that the browser asked for.
  const own =
    publicUrl !== undefined && asked.origin === new URL(publicUrl).origin;
  return own || asked.host === host;
}

/** @throws AppError "too_large" or "bad_request". */
export async function readJson(request: Request): Promise<unknown> {
  const text = new TextDecoder().decode(await readBytes(request));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("bad_request", "The request is not well-formed JSON.", {
      cause: error,
    });
  }
}

/** Stops reading where the limit is passed, whatever content-length says. */
async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = Number(request.headers.get("content-length") ?? 0);
  if (length > MAX_BODY_BYTES) throw tooLarge();
  length = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > MAX_BODY_BYTES) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): AppError {
  return new AppError("too_large", "The request is larger than 64 kB.");
}
