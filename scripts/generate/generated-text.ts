import { BOS, type PackedCorpus } from "#lib/corpus/index";
import { countTokens, TextPlaces } from "#lib/features/index";
import { VOCABULARY_SIZE } from "#lib/gpt2/index";

/** The text that generated features fire on, and where each token is in it. */
export class GeneratedText {
  /** Tokens that are not BOS. */
  readonly measured: number;
  readonly places: TextPlaces;
  /** Of each place (sequence · contextSize + position) the document. */
  readonly documentOf: Uint32Array;
  /** Places of token t: occurrences from first[t] to first[t + 1] − 1. */
  readonly first: Uint32Array;
  readonly occurrences: Uint32Array;

  constructor(readonly corpus: PackedCorpus) {
    const { tokens, sequences, contextSize } = corpus;
    this.measured = countTokens(corpus);
    this.places = new TextPlaces(corpus);
    this.documentOf = new Uint32Array(tokens.length);
    for (let s = 0; s < sequences; s++) {
      this.documentOf.set(this.places.documentsOf(s), s * contextSize);
    }
    this.first = new Uint32Array(VOCABULARY_SIZE + 1);
    for (const token of tokens) this.first[token + 1]!++;
    for (let t = 0; t < VOCABULARY_SIZE; t++) {
      this.first[t + 1]! += this.first[t]!;
    }
    this.occurrences = new Uint32Array(tokens.length);
    const filled = this.first.slice();
    tokens.forEach((token, at) => {
      this.occurrences[filled[token]!++] = at;
    });
  }

  /** How often a token occurs. */
  count(token: number): number {
    return this.first[token + 1]! - this.first[token]!;
  }

  /** The tokens that occur most, most first, BOS left out. */
  frequent(count: number): number[] {
    const tokens = Array.from({ length: VOCABULARY_SIZE }, (_, t) => t);
    return tokens
      .filter((token) => token !== BOS && this.count(token) > 0)
      .sort((a, b) => this.count(b) - this.count(a) || a - b)
      .slice(0, count);
  }
}
