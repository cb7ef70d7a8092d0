import type { Database } from "better-sqlite3";
import type { z } from "zod";

/** An event as `apply` gets it. */
export interface EventWith<P> {
  seq: number;
  at: string;
  /** A person's id. */
  actor: string;
  saeHash: string | null;
  feature: number | null;
  payload: P;
}

export interface Kind<P> {
  /** What is kept in `events.payload`; extend it only by optional fields. */
  payload: z.ZodType<P>;
  /**
   * Brings the projections up to date. A function of the event and of what
   * earlier events made: it reads neither clock, nor settings, nor other
   * tables, so that a rebuild gives the same rows.
   */
  apply(db: Database, event: EventWith<P>): void;
}

/** Makes a kind; the payload's type comes from its schema. */
export function kind<S extends z.ZodType>(
  payload: S,
  apply: (db: Database, event: EventWith<z.output<S>>) => void,
): Kind<z.output<S>> {
  return { payload: payload as z.ZodType<z.output<S>>, apply };
}

/** The feature an event is about; its kind is always about one. */
export function place(event: {
  saeHash: string | null;
  feature: number | null;
}): {
  saeHash: string;
  feature: number;
} {
  const { saeHash, feature } = event;
  if (saeHash === null || feature === null) {
    throw new Error("This event must be about a feature.");
  }
  return { saeHash, feature };
}
