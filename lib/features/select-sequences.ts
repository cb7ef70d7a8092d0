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
  const tokens = countTokens(corpus);
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

/** Tokens that are not BOS: of the whole corpus, or of some of its rows. */
export function countTokens(
  corpus: Pick<PackedCorpus, "tokens" | "contextSize" | "sequences">,
  rows?: Uint32Array,
): number {
  const { tokens, contextSize, sequences } = corpus;
  let count = 0;
  for (let i = 0; i < (rows?.length ?? sequences); i++) {
    const from = (rows?.[i] ?? i) * contextSize;
    for (let at = from; at < from + contextSize; at++) {
      if (tokens[at] !== BOS) count++;
    }
  }
  return count;
}
