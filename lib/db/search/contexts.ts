import type { Database } from "better-sqlite3";
import { uint16From } from "#lib/db/blobs";
import { TOP_GROUP } from "#lib/db/index-schema";
import { AppError } from "#lib/errors";

/** Tokens of text that a search for words sees around a peak. */
export const CONTEXT_BEFORE = 12;
export const CONTEXT_AFTER = 4;

/** … and one for exact tokens, either way: the longest run found is 8. */
export const EXACT_REACH = 7;
export const EXACT_MAX_TOKENS = EXACT_REACH + 1;

/** GPT-2's end-of-text, which separates documents inside a sequence. */
const END_OF_TEXT = 50256;

/** One of a feature's strongest examples: its sequence and where it peaks. */
export interface TopExample {
  /** From 0, the strongest. */
  rank: number;
  tokens: Uint16Array;
  peak: number;
}

/**
 * Reads a feature's strongest examples, strongest first; with a rank only
 * that one.
 *
 * @throws AppError when an example's sequence was never added.
 */
export function topExamples(
  db: Database,
): (feature: number, rank?: number) => TopExample[] {
  const columns = `SELECT rank, sequence, peak_position AS peak, tokens
    FROM examples LEFT JOIN sequences ON sequences.id = sequence
    WHERE feature = ? AND grp = ${TOP_GROUP}`;
  const all = db.prepare<[number], ExampleColumns>(columns);
  const one = db.prepare<[number, number], ExampleColumns>(
    `${columns} AND rank = ?`,
  );
  return (feature, rank) => {
    const rows = rank === undefined ? all.all(feature) : one.all(feature, rank);
    return rows.map(({ rank, sequence, peak, tokens }) => {
      if (tokens === null) {
        throw new AppError(
          "invalid",
          `Feature ${feature} has an example in sequence ${sequence}, which was not added.`,
        );
      }
      return { rank, tokens: uint16From(tokens), peak };
    });
  };
}

interface ExampleColumns {
  rank: number;
  sequence: number;
  peak: number;
  tokens: Buffer | null;
}

/** The tokens around `peak`, of its document only. */
export function around(
  tokens: Uint16Array,
  peak: number,
  before: number,
  after: number,
): { tokens: Uint16Array; peak: number } {
  let from = Math.max(0, peak - before);
  let to = Math.min(tokens.length, peak + after + 1);
  for (let i = from; i < to; i++) {
    if (tokens[i] !== END_OF_TEXT) continue;
    if (i < peak) from = i + 1;
    else to = i;
  }
  return { tokens: tokens.subarray(from, to), peak: peak - from };
}
