/**
 * Sparse activations of many sequences, one entry a slot, slots overwritten
 * at will. Entries lie one after another in two growing arrays; when these
 * are full, the live entries are moved together into new ones with as much
 * room again: writing stays linear, and the arrays hold at most four times the
 * live firings (or the initial capacity).
 */
export class ActivationStore {
  private readonly offsets: Uint32Array;
  private readonly lengths: Uint16Array;
  private positions: Uint16Array;
  private values: Float32Array;
  /** End of the last entry written. */
  private tail = 0;
  /** Firings in live entries. */
  private live = 0;

  constructor(slots: number, initialCapacity = 4096) {
    this.offsets = new Uint32Array(slots);
    this.lengths = new Uint16Array(slots);
    this.positions = new Uint16Array(initialCapacity);
    this.values = new Float32Array(initialCapacity);
  }

  /** Replaces a slot by entries from … to − 1 of the given arrays. */
  set(
    slot: number,
    positions: Uint16Array,
    values: Float32Array,
    from: number,
    to: number,
  ): void {
    const length = to - from;
    const old = this.lengths[slot]!;
    this.live += length - old;
    if (length > old) {
      // Emptied first, so that making room does not carry the old entry along.
      this.lengths[slot] = 0;
      if (this.tail + length > this.values.length) this.makeRoom();
      this.offsets[slot] = this.tail;
      this.tail += length;
    }
    this.lengths[slot] = length;
    let at = this.offsets[slot]!;
    for (let i = from; i < to; i++, at++) {
      this.positions[at] = positions[i]!;
      this.values[at] = values[i]!;
    }
  }

  private makeRoom(): void {
    let capacity = this.values.length;
    while (capacity < this.live * 2) capacity *= 2;
    const positions = new Uint16Array(capacity);
    const values = new Float32Array(capacity);
    let tail = 0;
    for (let slot = 0; slot < this.lengths.length; slot++) {
      const from = this.offsets[slot]!;
      const to = from + this.lengths[slot]!;
      this.offsets[slot] = tail;
      for (let i = from; i < to; i++, tail++) {
        positions[tail] = this.positions[i]!;
        values[tail] = this.values[i]!;
      }
    }
    this.positions = positions;
    this.values = values;
    this.tail = tail;
  }

  /** A copy of what a slot holds. */
  get(slot: number): { positions: Uint16Array; values: Float32Array } {
    const from = this.offsets[slot]!;
    const to = from + this.lengths[slot]!;
    return {
      positions: this.positions.slice(from, to),
      values: this.values.slice(from, to),
    };
  }
}
