import { createHash } from "node:crypto";
import { Rng } from "#lib/random";
import type { TokenisedDocument } from "./pack";

interface Candidate extends TokenisedDocument {
  /** Place in the shuffled order, uniform in [0, 2³²); ties by `index`. */
  rank: number;
  index: number;
  /** Uniform in [0, 1) and made of the text alone: equal texts stay together. */
  digest: number;
}

export interface Split {
  train: TokenisedDocument[];
  heldOut: TokenisedDocument[];
}

/**
 * Takes documents in any number and keeps those that come first in a shuffled
 * order, up to a number of tokens: a fair sample of the whole source in memory
 * for the sample. Whether a document is kept depends on the seed and its place
 * in the source; whether it is held out, on the seed and its text. So a text
 * held out of one sample is held out of a larger one as well.
 */
export class Mixture {
  private candidates: Candidate[] = [];
  private kept = 0; // tokens in `candidates`
  /** Documents ranked above this cannot be among the first any more. */
  private limit = Infinity;
  private seen = 0;

  constructor(
    private readonly seed: number,
    private readonly maxTokens = Infinity,
  ) {}

  /** Tokens kept so far. */
  get tokens(): number {
    return this.kept;
  }

  /** Offers the next document; it is tokenised only if it may be kept. */
  offer(
    document: { title: string; source: string; text: string },
    tokenize: (text: string) => Uint16Array,
  ): void {
    const index = this.seen++;
    const rank = Rng.of(this.seed, index).uint32();
    if (rank > this.limit) return;
    const { title, source, text } = document;
    const tokens = tokenize(text);
    if (tokens.length === 0) return;
    const digest = digestOf(this.seed, text);
    this.candidates.push({ title, source, tokens, rank, index, digest });
    this.kept += tokens.length;
    // Now and then, so that each document is sorted a few times at most.
    if (this.kept > 2 * this.maxTokens) this.trim();
  }

  /**
   * The sample, shuffled, the last document cut to `maxTokens`. The held-out
   * part is `fraction` of the texts in expectation, and `atLeast` tokens where
   * the sample has as many to spare.
   */
  split(fraction: number, atLeast: number): Split {
    this.trim();
    this.cutLast();
    const threshold = this.threshold(fraction, atLeast);
    return {
      train: this.candidates.filter(({ digest }) => digest >= threshold),
      heldOut: this.candidates.filter(({ digest }) => digest < threshold),
    };
  }

  /** Texts with a digest below this are held out. */
  private threshold(fraction: number, atLeast: number): number {
    if (fraction === 0) return 0;
    // In a small sample the fraction may hold out nothing, or too little.
    let heldOut = 0;
    const byDigest = this.candidates.toSorted((a, b) => a.digest - b.digest);
    for (const { digest, tokens } of byDigest) {
      if (digest >= fraction && heldOut >= atLeast) return digest;
      heldOut += tokens.length;
    }
    return fraction;
  }

  private trim(): void {
    this.candidates.sort((a, b) => a.rank - b.rank || a.index - b.index);
    let tokens = 0;
    let count = 0;
    while (count < this.candidates.length && tokens < this.maxTokens) {
      tokens += this.candidates[count++]!.tokens.length;
    }
    if (tokens >= this.maxTokens) this.limit = this.candidates[count - 1]!.rank;
    this.candidates.length = count;
    this.kept = tokens;
  }

  private cutLast(): void {
    const excess = this.kept - this.maxTokens;
    const last = this.candidates.at(-1);
    if (!(excess > 0) || last === undefined) return;
    last.tokens = last.tokens.slice(0, last.tokens.length - excess);
    this.kept -= excess;
  }
}

function digestOf(seed: number, text: string): number {
  const hash = createHash("sha256")
    .update(`${String(seed)}\n`)
    .update(text);
  return hash.digest().readUIntBE(0, 6) / 2 ** 48;
}
