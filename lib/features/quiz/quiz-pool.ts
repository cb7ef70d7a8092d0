import { BOS } from "#lib/corpus/index";
import type { SequenceFirings } from "#lib/features/sequence-firings";
import { BLOCK, EXCERPT_BLOCKS, excerptAt, WINDOW } from "./excerpt";

/** Sequences of which it is kept where every feature fires. */
export const POOL_SIZE = 2048;

interface PoolText {
  /** [rows × contextSize] */
  tokens: Uint16Array;
  contextSize: number;
}

/** A token of the pool: the pool's row, and its place in the sequence. */
export interface PoolPlace {
  row: number;
  position: number;
}

/**
 * Some sequences, spread evenly over the text, and in which of their blocks
 * each feature fires: all of it, so that silence there is a fact and not a
 * guess (docs/method.md, Eq. 51). One byte a feature and sequence.
 */
export class QuizPool {
  /** Their rows in the packed corpus, ascending. */
  readonly sequences: Uint32Array;
  readonly contextSize: number;
  /** Bit b: the feature fires in block b of the row. [features × rows] */
  private readonly fired: Uint8Array;
  private readonly rowOf = new Map<number, number>();
  /** Where each token stands, token by token. */
  private readonly tokenStarts: Uint32Array;
  private readonly tokenPlaces: Uint32Array;

  /**
   * @param sequences rows of the text that are read, ascending
   * @param features how many; 1 where they are asked about one after another
   */
  constructor(
    private readonly text: PoolText,
    sequences: Uint32Array,
    private readonly features: number,
    size = POOL_SIZE,
  ) {
    this.contextSize = text.contextSize;
    const rows = Math.min(size, sequences.length);
    this.sequences = Uint32Array.from(
      { length: rows },
      (_, i) => sequences[Math.floor((i * sequences.length) / rows)]!,
    );
    this.sequences.forEach((sequence, row) => this.rowOf.set(sequence, row));
    this.fired = new Uint8Array(features * rows);
    this.tokenStarts = new Uint32Array(BOS + 2);
    this.tokenPlaces = this.sortTokens();
  }

  get rows(): number {
    return this.sequences.length;
  }

  /** The row of a sequence; undefined for one that is not in the pool. */
  row(sequence: number): number | undefined {
    return this.rowOf.get(sequence);
  }

  /** Takes in entries from … to − 1 of `firings`, all of `feature`. */
  add(
    feature: number,
    firings: SequenceFirings,
    from: number,
    to: number,
    row: number,
  ): void {
    for (let i = from; i < to; i++) {
      this.mark(feature, row, firings.positions[i]!);
    }
  }

  mark(feature: number, row: number, position: number): void {
    if (position >= WINDOW) return;
    this.fired[feature * this.rows + row]! |= 1 << Math.floor(position / BLOCK);
  }

  /** Forgets all firings. */
  clear(): void {
    this.fired.fill(0);
  }

  /** Blocks in which the feature fires, a bit each. */
  firedBlocks(feature: number, row: number): number {
    return this.fired[feature * this.rows + row]!;
  }

  /** The first row from `row` on in which the feature fires; −1: none. */
  nextFired(feature: number, row: number): number {
    if (feature >= this.features) return -1;
    const first = feature * this.rows;
    const end = first + this.rows;
    for (let at = first + row; at < end; at++) {
      if (this.fired[at]! !== 0) return at - first;
    }
    return -1;
  }

  /** Whether the feature is silent in the whole excerpt round a token. */
  isSilent(feature: number, { row, position }: PoolPlace): boolean {
    const { start } = excerptAt(position, this.size);
    const mask = ((1 << EXCERPT_BLOCKS) - 1) << (start / BLOCK);
    return (this.firedBlocks(feature, row) & mask) === 0;
  }

  /** Tokens of a sequence that are looked at. */
  get size(): number {
    return Math.min(WINDOW, this.contextSize);
  }

  /** How often a token stands in the pool. */
  countOf(token: number): number {
    return this.tokenStarts[token + 1]! - this.tokenStarts[token]!;
  }

  /** The n-th of a token's places, 0 ≤ n < countOf(token). */
  placeOf(token: number, n: number): PoolPlace {
    const at = this.tokenPlaces[this.tokenStarts[token]! + n]!;
    return { row: Math.floor(at / this.size), position: at % this.size };
  }

  /** A counting sort of the pool's tokens, BOS left out. */
  private sortTokens(): Uint32Array {
    const { tokenStarts, size } = this;
    const each = (visit: (token: number, at: number) => void) => {
      for (let row = 0; row < this.rows; row++) {
        const from = this.sequences[row]! * this.contextSize;
        for (let p = 0; p < size; p++) {
          const token = this.text.tokens[from + p]!;
          if (token < BOS) visit(token, row * size + p);
        }
      }
    };
    each((token) => tokenStarts[token + 1]!++);
    for (let t = 0; t <= BOS; t++) tokenStarts[t + 1]! += tokenStarts[t]!;
    const cursor = tokenStarts.slice();
    const places = new Uint32Array(tokenStarts[BOS + 1]!);
    each((token, at) => {
      places[cursor[token]!++] = at;
    });
    return places;
  }
}
