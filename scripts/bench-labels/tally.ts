/** What was counted and timed while people were at work; in milliseconds. */
export interface Tally {
  /** Of each acknowledged write: from sending, the last time, to the answer. */
  writes: number[];
  /** The same from sending it for the first time. */
  untilAcknowledged: number[];
  /** Of the labels of a feature, looked at before a vote. */
  reads: number[];
  /** Writes without an answer, sent again. */
  retries: number;
  /** Writes that a limit held back: then the load was not what it says. */
  limited: number;
  /** Writes refused for good, such as a vote on a text that has changed. */
  refused: number;
}

export const newTally = (): Tally => ({
  writes: [],
  untilAcknowledged: [],
  reads: [],
  retries: 0,
  limited: 0,
  refused: 0,
});
