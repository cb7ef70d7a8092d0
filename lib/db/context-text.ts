import type { Database, Statement } from "better-sqlite3";
import { AppError } from "#lib/errors";
import { uint16From } from "./blobs";
import { TOP_GROUP } from "./index-schema";

/** Tokens of text that a search for "fires here" sees around a peak. */
export const CONTEXT_BEFORE = 12;
export const CONTEXT_AFTER = 4;

/** GPT-2's end-of-text, which separates documents inside a sequence. */
const END_OF_TEXT = 50256;

/**
 * Characters that mark hits in snippets (index-search.ts) and so cannot occur
 * in the text, and halves of characters that the window's ends cut in two.
 */
// eslint-disable-next-line no-control-regex
const UNSEARCHABLE = /[\u0000-\u0002]|^\ufffd+|\ufffd+$/g;

interface TopExample {
  rank: number;
  sequence: number;
  peak: number;
  tokens: Buffer | null;
}

/** The text around the peaks of a feature's top examples. */
export class ContextText {
  private readonly examples: Statement<[number], TopExample>;

  constructor(
    db: Database,
    private readonly decode: (ids: Uint16Array) => string,
  ) {
    this.examples = db.prepare(
      `SELECT rank, sequence, peak_position AS peak, tokens
       FROM examples LEFT JOIN sequences ON sequences.id = sequence
       WHERE feature = ? AND grp = ${TOP_GROUP}`,
    );
  }

  /** @throws AppError when an example's sequence was never added. */
  of(feature: number): { rank: number; context: string }[] {
    return this.examples.all(feature).map((example) => {
      const { rank, sequence, peak } = example;
      if (example.tokens === null) {
        throw new AppError(
          "invalid",
          `Feature ${feature} has an example in sequence ${sequence}, which was not added.`,
        );
      }
      const ids = window(uint16From(example.tokens), peak);
      return { rank, context: this.decode(ids).replace(UNSEARCHABLE, "") };
    });
  }
}

/** The tokens around `peak`, of its document only. */
function window(tokens: Uint16Array, peak: number): Uint16Array {
  let from = Math.max(0, peak - CONTEXT_BEFORE);
  let to = Math.min(tokens.length, peak + CONTEXT_AFTER + 1);
  for (let i = from; i < to; i++) {
    if (tokens[i] !== END_OF_TEXT) continue;
    if (i < peak) from = i + 1;
    else to = i;
  }
  return tokens.subarray(from, to);
}
