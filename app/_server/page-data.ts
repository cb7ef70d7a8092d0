import { notFound } from "next/navigation";
import { AppError } from "#lib/errors";

/**
 * What a page shows, or Next's not-found page where the API would answer 404.
 */
export function orNotFound<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  }
}
