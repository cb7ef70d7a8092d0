import { BOS } from "#lib/corpus/index";
import type { PackedCorpus } from "#lib/corpus/index";
import { AppError } from "#lib/errors";

/**
 * Rows of the corpus that hold about `maxTokens` tokens (BOS not counted),
 * spread evenly over it so that every source takes part; all rows when the
 * corpus is not larger. Ascending.
 *
 * @throws AppError("invalid") when there is nothing to index.
 */
export function selectSequences(
  corpus: PackedCorpus,
  maxTokens = Infinity,
): Uint32Array {
  if (!(maxTokens >= 1)) {
    throw new AppError(
      "invalid",
      `The number of tokens to index must be at least 1, not ${maxTokens}.`,
    );
  }
  const tokens = countTokens(corpus.tokens);
  if (tokens === 0) {
    throw new AppError(
      "invalid",
      `The corpus ${corpus.name} holds no tokens to index; give one with some text.`,
    );
  }
  const { sequences } = corpus;
  const share = Math.min(1, maxTokens / tokens);
  const count = Math.max(1, Math.round(sequences * share));
  return Uint32Array.from({ length: count }, (_, i) =>
    Math.floor((i * sequences) / count),
  );
}

/** Tokens that are not BOS. */
export function countTokens(tokens: Uint16Array): number {
  let count = 0;
  for (const token of tokens) if (token !== BOS) count++;
  return count;
}
