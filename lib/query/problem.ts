/** A part of a query that could not be understood, in words. */
export interface Problem {
  /** Where in the text, in UTF-16 units; end exclusive. */
  start: number;
  end: number;
  message: string;
  /** What might have been meant, to stand in its place. */
  suggestion?: string;
}

/** Thrown while a clause is read; becomes a Problem with its place. */
export class Misread extends Error {
  constructor(
    message: string,
    /** The clause as it might have been meant. */
    readonly suggestion?: string,
  ) {
    super(message);
  }
}
