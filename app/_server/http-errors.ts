import { randomUUID } from "node:crypto";
import type { ErrorBody } from "#lib/contract/index";
import { AppError, ERROR_STATUS, systemErrorCode } from "#lib/errors";
import { asResponse, bytesOf, type Reply } from "./reply";

/**
 * The answer to a failed request. What an `AppError` says was written for the
 * person who asked; anything else is logged in full under a request id, and
 * answered with a fixed sentence and that id.
 */
export function failureReply(error: unknown, request: Request): Reply {
  const known = asAppError(error);
  if (known) {
    if (known.status >= 500) log(error, request, "-");
    const { code, message, details } = known;
    return answer(
      known.status,
      {
        error: { code, message, ...(details === undefined ? {} : { details }) },
      },
      retryAfter(details),
    );
  }
  const requestId = randomUUID();
  log(error, request, requestId);
  return answer(ERROR_STATUS.internal, {
    error: {
      code: "internal",
      message:
        "Something went wrong on the server; try again, and if it stays, look for the request id in its log.",
      details: { requestId },
    },
  });
}

/** The same, of a route that does not answer in JSON. */
export function failure(error: unknown, request: Request): Response {
  return asResponse(failureReply(error, request));
}

function asAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  const code = systemErrorCode(error) ?? "";
  if (code === "SQLITE_FULL" || code === "ENOSPC") {
    return new AppError(
      "disk_full",
      "The server's disk is full: nothing was saved; free some space and try again.",
    );
  }
  if (code.startsWith("SQLITE_BUSY")) {
    return new AppError(
      "unavailable",
      "The label database is busy: nothing was saved; try again in a moment.",
    );
  }
  if (code.startsWith("SQLITE_CORRUPT")) {
    return new AppError(
      "unavailable",
      "A database of this SAE is damaged; build its index again with `npm run index`, or restore labels.sqlite from a backup.",
    );
  }
  return undefined;
}

function answer(
  status: number,
  body: ErrorBody,
  headers: Record<string, string> = {},
): Reply {
  return {
    status,
    headers: new Headers({
      "content-type": "application/json",
      "cache-control": "no-store",
      ...headers,
    }),
    body: bytesOf(JSON.stringify(body)),
  };
}

/** The header beside a "rate_limited". */
function retryAfter(details: unknown): Record<string, string> {
  const seconds =
    typeof details === "object" && details !== null && "retryAfter" in details
      ? details.retryAfter
      : undefined;
  return typeof seconds === "number" ? { "retry-after": String(seconds) } : {};
}

function log(error: unknown, request: Request, requestId: string): void {
  const { pathname } = new URL(request.url);
  console.error(`${requestId} ${request.method} ${pathname}`, error);
}
