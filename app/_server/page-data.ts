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

/** What a page shows, or in words why it cannot; 404 as `orNotFound`. */
export function orRefusal<T>(read: () => T): { data: T } | { refusal: string } {
  try {
    return { data: orNotFound(read) };
  } catch (error) {
    if (error instanceof AppError) return { refusal: error.message };
    throw error;
  }
}

/** What a page shows, or in words why it cannot, whatever the reason. */
export function orWords<T>(read: () => T): { data: T } | { refusal: string } {
  try {
    return { data: read() };
  } catch (error) {
    if (error instanceof AppError) return { refusal: error.message };
    throw error;
  }
}
