/**
 * The one error type whose message may reach a person.
 *
 * A message reaches a client or a terminal only if someone wrote it for them:
 * everything that is not an `AppError` is answered with a fixed sentence and
 * logged in full.
 */

/** Every error code, with the HTTP status it is answered with. */
export const ERROR_STATUS = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_type: 415,
  invalid: 422,
  rate_limited: 429,
  internal: 500,
  disk_full: 507,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

const BRAND = Symbol.for("monolex.AppError");

/**
 * An expected failure. `message` is one sentence that says what was wrong and
 * what to do about it; it is shown as it stands (HTTP body, or one line on
 * stderr with exit code 1).
 */
export class AppError extends Error {
  /*
   * A web server bundles this module into several copies: an error that one of
   * them threw is an AppError to all.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  readonly [BRAND] = true;
  readonly code: ErrorCode;
  readonly details: unknown;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: unknown } = {},
  ) {
    super(
      message,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = "AppError";
    this.code = code;
    this.details = options.details;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** The `code` of a Node system error ("ENOENT", "ENOSPC", …), if it is one. */
export function systemErrorCode(error: unknown): string | undefined {
  if (error instanceof Error && "code" in error) {
    return typeof error.code === "string" ? error.code : undefined;
  }
  return undefined;
}
