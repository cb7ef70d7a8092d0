import { AppError } from "#lib/errors";
import { BOS, tokenize } from "#lib/gpt2/index";
import { cutWindows, type WindowCut } from "./windows";

/** Longer texts are refused. */
export const MAX_TOKENS = 2_000;

/** A text as the model is given it. */
export interface CutText {
  /** The text's tokens; no BOS. */
  tokens: Uint16Array;
  cut: WindowCut;
  /** The windows' tokens, BOS first: [windows × (length + 1)]. */
  batch: Uint16Array;
}

/** @throws AppError "invalid" for a text that is too long. */
export function cutText(text: string, contextSize: number): CutText {
  const tokens = tokenize(text);
  if (tokens.length > MAX_TOKENS) {
    throw new AppError(
      "invalid",
      `The text has ${tokens.length} tokens, and at most ${MAX_TOKENS} are read at once; shorten it.`,
      { details: { tokens: tokens.length, limit: MAX_TOKENS } },
    );
  }
  const cut = cutWindows(tokens.length, contextSize);
  const width = cut.length + 1;
  const batch = new Uint16Array(cut.windows.length * width);
  cut.windows.forEach(({ start }, w) => {
    batch[w * width] = BOS;
    batch.set(tokens.subarray(start, start + cut.length), w * width + 1);
  });
  return { tokens, cut, batch };
}

/** One row a token of the text, taken from the window that answers for it. */
export function answeredRows(
  { tokens, cut }: CutText,
  rows: Float32Array,
  dim: number,
): Float32Array {
  const out = new Float32Array(tokens.length * dim);
  const width = cut.length + 1;
  cut.windows.forEach(({ start, from, to }, w) => {
    const first = w * width + 1 - start;
    out.set(
      rows.subarray((first + from) * dim, (first + to) * dim),
      from * dim,
    );
  });
  return out;
}
