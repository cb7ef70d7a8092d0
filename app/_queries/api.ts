import type { z } from "zod";
import { errorSchema } from "#lib/contract/index";

/** A refusal by the API; `message` is written for people. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: unknown,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** Told to the window when the API does not know who asks any more. */
export const LOGGED_OUT = "monolex:logged-out";

interface ApiRequest {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: unknown;
  /** A file that is sent as it is, instead of a body. */
  file?: Blob;
  /** Idempotency key of a change: sent twice, it is made once. */
  key?: string;
  signal?: AbortSignal;
}

/**
 * Calls the API and checks the answer against its contract.
 *
 * @throws ApiError when it refuses, or cannot be reached.
 */
export async function callApi<S extends z.ZodType>(
  path: string,
  schema: S,
  { method = "GET", body, file, key, signal }: ApiRequest = {},
): Promise<z.output<S>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      ...(signal ? { signal } : {}),
      ...(body === undefined
        ? {}
        : {
            headers: {
              "content-type": "application/json",
              ...(key === undefined ? {} : { "idempotency-key": key }),
            },
            body: JSON.stringify(body),
          }),
      ...(file === undefined
        ? {}
        : {
            headers: { "content-type": "application/octet-stream" },
            body: file,
          }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") {
      throw error;
    }
    throw new ApiError(
      0,
      "unreachable",
      "The server cannot be reached: is it still running?",
      undefined,
    );
  }
  const json: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    if (response.status === 401) window.dispatchEvent(new Event(LOGGED_OUT));
    const parsed = errorSchema.safeParse(json);
    const { code, message, details } = parsed.success
      ? parsed.data.error
      : {
          code: "internal",
          message: `The server answered with status ${response.status}.`,
          details: undefined,
        };
    throw new ApiError(response.status, code, message, details);
  }
  return schema.parse(json);
}

/** /api/saes/{id}/… with the id escaped. */
export function saePath(saeId: string, ...rest: (string | number)[]): string {
  return ["/api/saes", encodeURIComponent(saeId), ...rest].join("/");
}
