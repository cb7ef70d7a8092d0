import { ApiError } from "./api";

/** A new idempotency key; `crypto.randomUUID` is missing on plain HTTP. */
export function changeKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
}

/**
 * How a change is sent: at once, even when the browser thinks it is offline
 * (it must fail where it can be seen), and again when no answer came, which
 * its key makes harmless.
 */
export const SENDING = {
  networkMode: "always",
  retry: (failures: number, error: Error) =>
    failures < 2 && error instanceof ApiError && error.status === 0,
  retryDelay: 400,
} as const;
