import { KEY_BITS_OF_PLACE } from "./posting-cursor";

/** Occurrences held before they are written out. */
const BATCH = 1 << 23;
const FIRST_CAPACITY = 1 << 16;

/** Receives one term's postings of a batch of features. */
export type PutPostings = (term: number, chunk: number, bytes: Buffer) => void;

/**
 * Turns occurrences (feature, context, place) → term round into postings
 * term → (feature, contexts, places), a batch of features at a time, in
 * bounded memory. For the format see `PostingCursor`.
 */
export class PostingsBuilder {
  private terms = new Uint32Array(FIRST_CAPACITY);
  private features = new Uint32Array(FIRST_CAPACITY);
  private keys = new Uint16Array(FIRST_CAPACITY);
  private size = 0;
  private chunk = 0;
  private largestTerm = -1;
  private readonly featureCounts: number[] = [];

  constructor(
    private readonly put: PutPostings,
    private readonly batch = BATCH,
  ) {}

  /** Occurrences of a feature come together, features and keys ascending. */
  add(term: number, feature: number, rank: number, place: number): void {
    if (this.size === this.terms.length) this.grow();
    const at = this.size++;
    this.terms[at] = term;
    this.features[at] = feature;
    this.keys[at] = (rank << KEY_BITS_OF_PLACE) | place;
    if (term > this.largestTerm) this.largestTerm = term;
  }

  /** To be called between features. */
  endFeature(): void {
    if (this.size >= this.batch) this.flush();
  }

  /** Writes what is left. @returns how many features each term has. */
  finish(): readonly number[] {
    this.flush();
    return this.featureCounts;
  }

  private grow(): void {
    const length = this.terms.length * 2;
    const longer = <T extends Uint32Array | Uint16Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.terms = longer(this.terms, new Uint32Array(length));
    this.features = longer(this.features, new Uint32Array(length));
    this.keys = longer(this.keys, new Uint16Array(length));
  }

  private flush(): void {
    if (this.size === 0) return;
    // Counting sort by term; what is equal stays in order.
    const starts = new Uint32Array(this.largestTerm + 2);
    for (let i = 0; i < this.size; i++) starts[this.terms[i]! + 1]!++;
    for (let t = 0; t <= this.largestTerm; t++) starts[t + 1]! += starts[t]!;
    const order = new Uint32Array(this.size);
    const next = starts.slice();
    for (let i = 0; i < this.size; i++) order[next[this.terms[i]!]!++] = i;
    const bytes = new ByteSink();
    for (let term = 0; term <= this.largestTerm; term++) {
      if (starts[term] === starts[term + 1]) continue;
      bytes.clear();
      this.encode(term, order.subarray(starts[term], starts[term + 1]), bytes);
      this.put(term, this.chunk, bytes.copy());
    }
    this.chunk++;
    this.size = 0;
  }

  private encode(term: number, entries: Uint32Array, bytes: ByteSink): void {
    const { features, keys } = this;
    const places = new ByteSink();
    let before = 0;
    let count = 0;
    for (let i = 0; i < entries.length;) {
      const feature = features[entries[i]!]!;
      places.clear();
      let ranks = 0;
      let lastKey = 0;
      let lastRank = -1;
      for (; i < entries.length && features[entries[i]!] === feature; i++) {
        const key = keys[entries[i]!]!;
        places.varint(key - lastKey);
        lastKey = key;
        const rank = key >> KEY_BITS_OF_PLACE;
        if (rank !== lastRank) ranks++;
        lastRank = rank;
      }
      bytes.varint(feature - before);
      bytes.varint(ranks);
      bytes.varint(places.length);
      bytes.append(places);
      before = feature;
      count++;
    }
    this.featureCounts[term] = (this.featureCounts[term] ?? 0) + count;
  }
}

/** Bytes that grow. */
class ByteSink {
  private bytes = new Uint8Array(256);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  /** Seven bits a byte, the lowest first; the top bit says there is more. */
  varint(value: number): void {
    this.reserve(5);
    let rest = value;
    while (rest > 0x7f) {
      this.bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
  }

  append(other: ByteSink): void {
    this.reserve(other.length);
    this.bytes.set(other.bytes.subarray(0, other.length), this.length);
    this.length += other.length;
  }

  copy(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.length));
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const bytes = new Uint8Array(
      Math.max(this.bytes.length * 2, this.length + more),
    );
    bytes.set(this.bytes);
    this.bytes = bytes;
  }
}
