/*
 * Postings: which features have a term round their strongest firings, and
 * where. For each feature, ascending:
 *
 *   feature − the one before · contexts with the term · bytes of what follows
 *   key − the key before, for each occurrence, ascending
 *
 * all as varints, where key = rank of the context · 64 + place in it. A term
 * has one such run of bytes a chunk, each of later features than the last.
 * Contexts are counted and features skipped without reading the keys.
 */
export const KEY_BITS_OF_PLACE = 6;
/** Places 0 … 63 can be told. */
export const PLACES = 1 << KEY_BITS_OF_PLACE;

/** … and contexts of ranks 0 … 1023. */
export const RANKS = 0x10000 >> KEY_BITS_OF_PLACE;

/** `feature` of a cursor that is at its end. */
export const END = 0xffffffff;

/** A walk over features in ascending order, with what each has. */
export interface Cursor {
  /** Where it stands, or END. */
  feature: number;
  /** Goes to the first feature ≥ `feature`. */
  seek(feature: number): void;
  /** Contexts of this feature that match. */
  contexts(): number;
  /** The strongest of them. */
  best(): number;
  /**
   * Ascending keys of the matches of this feature, how many in `size`; valid
   * until the cursor moves.
   */
  keys(): { keys: Uint16Array; size: number };
}

/** Occurrences of one term. */
export class TermCursor implements Cursor {
  feature = -1;
  private at = 0;
  private chunk = 0;
  private base = 0;
  private count = 0;
  /** Where this feature's keys begin and end. */
  private from = 0;
  private read = { keys: new Uint16Array(64), size: 0 };
  private readFeature = -1;

  constructor(private readonly chunks: readonly Uint8Array[]) {
    this.seek(0);
  }

  seek(feature: number): void {
    while (this.feature < feature || this.feature === -1) {
      if (!this.step()) return;
    }
  }

  contexts(): number {
    return this.count;
  }

  best(): number {
    const bytes = this.chunks[this.chunk]!;
    let value = 0;
    let shift = 0;
    let at = this.from;
    for (; bytes[at]! > 0x7f; at++, shift += 7) {
      value |= (bytes[at]! & 0x7f) << shift;
    }
    return (value | (bytes[at]! << shift)) >> KEY_BITS_OF_PLACE;
  }

  keys() {
    if (this.readFeature === this.feature) return this.read;
    const bytes = this.chunks[this.chunk]!;
    if (this.at - this.from > this.read.keys.length) {
      this.read.keys = new Uint16Array(2 * (this.at - this.from));
    }
    const { keys } = this.read;
    let size = 0;
    let key = 0;
    for (let at = this.from; at < this.at;) {
      let byte = bytes[at++]!;
      let delta = byte & 0x7f;
      for (let shift = 7; byte > 0x7f; shift += 7) {
        byte = bytes[at++]!;
        delta |= (byte & 0x7f) << shift;
      }
      key += delta;
      keys[size++] = key;
    }
    this.read.size = size;
    this.readFeature = this.feature;
    return this.read;
  }

  /** To the next feature; false at the end. */
  private step(): boolean {
    while (this.at >= (this.chunks[this.chunk]?.length ?? 0)) {
      if (this.chunk + 1 >= this.chunks.length) {
        this.feature = END;
        return false;
      }
      this.chunk++;
      this.at = 0;
      this.base = 0;
    }
    const bytes = this.chunks[this.chunk]!;
    this.feature = this.base += this.varint(bytes);
    this.count = this.varint(bytes);
    const length = this.varint(bytes);
    this.from = this.at;
    this.at += length;
    return true;
  }

  private varint(bytes: Uint8Array): number {
    let byte = bytes[this.at++]!;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = bytes[this.at++]!;
      value |= (byte & 0x7f) << shift;
    }
    return value;
  }
}
