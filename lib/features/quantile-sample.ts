import type { ExampleRecord, SampleRecord } from "#lib/db/records";
import { ActivationStore } from "./activation-store";
import type { SequenceFirings } from "./sequence-firings";

export const QUANTILE_GROUPS = 5;

/**
 * A uniform sample of the tokens each feature fires on, cut into five groups
 * of equal count by activation. A token on which the feature is silent can
 * not be drawn.
 *
 * Every firing has a 32-bit number that depends only on (seed, feature,
 * sequence, position); the `size` firings with the smallest numbers are the
 * sample. So it is uniform, and the same in whatever order and batches the
 * corpus is read. See docs/method.md, Eq. 21.
 */
export class QuantileSample {
  private readonly filled: Uint16Array;
  /** Slot of the kept firing with the largest number, and that number. */
  private readonly last: Uint16Array;
  private readonly ceiling: Uint32Array;
  private readonly ranks: Uint32Array;
  private readonly values: Float32Array;
  private readonly sequences: Uint32Array;
  private readonly positions: Uint16Array;
  private readonly activations: ActivationStore;

  constructor(
    dSae: number,
    readonly size: number,
    private readonly seed: number,
  ) {
    const slots = dSae * size;
    this.filled = new Uint16Array(dSae);
    this.last = new Uint16Array(dSae);
    this.ceiling = new Uint32Array(dSae).fill(0xffffffff);
    this.ranks = new Uint32Array(slots);
    this.values = new Float32Array(slots);
    this.sequences = new Uint32Array(slots);
    this.positions = new Uint16Array(slots);
    this.activations = new ActivationStore(slots);
  }

  /** Takes in entries from … to − 1 of `firings`, all of `feature`. */
  add(
    feature: number,
    firings: SequenceFirings,
    from: number,
    to: number,
  ): void {
    const { positions } = firings;
    const stream = sequenceStream(this.seed, feature, firings.sequence);
    for (let i = from; i < to; i++) {
      const rank = rankInStream(stream, positions[i]!);
      if (rank <= this.ceiling[feature]!) {
        this.offer(feature, rank, firings, i, from, to);
      }
    }
  }

  private offer(
    feature: number,
    rank: number,
    firings: SequenceFirings,
    i: number,
    from: number,
    to: number,
  ): void {
    const base = feature * this.size;
    const filled = this.filled[feature]!;
    const { sequence } = firings;
    const position = firings.positions[i]!;
    let slot = base + filled;
    if (filled === this.size) {
      slot = base + this.last[feature]!;
      if (!this.precedes(rank, sequence, position, slot)) return;
    } else {
      this.filled[feature] = filled + 1;
    }
    this.ranks[slot] = rank;
    this.values[slot] = firings.values[i]!;
    this.sequences[slot] = sequence;
    this.positions[slot] = position;
    this.activations.set(slot, firings.positions, firings.values, from, to);
    if (this.filled[feature] === this.size) this.updateCeiling(feature);
  }

  /** Whether a firing comes before the one in `slot`; ranks may collide. */
  private precedes(
    rank: number,
    sequence: number,
    position: number,
    slot: number,
  ): boolean {
    if (rank !== this.ranks[slot]!) return rank < this.ranks[slot]!;
    if (sequence !== this.sequences[slot]!) {
      return sequence < this.sequences[slot]!;
    }
    return position < this.positions[slot]!;
  }

  private slotPrecedes(a: number, b: number): boolean {
    return this.precedes(
      this.ranks[a]!,
      this.sequences[a]!,
      this.positions[a]!,
      b,
    );
  }

  private updateCeiling(feature: number): void {
    const base = feature * this.size;
    const { ranks } = this;
    let last = base;
    let ceiling = ranks[base]!;
    for (let slot = base + 1; slot < base + this.size; slot++) {
      const rank = ranks[slot]!;
      if (
        rank > ceiling ||
        (rank === ceiling && this.slotPrecedes(last, slot))
      ) {
        last = slot;
        ceiling = rank;
      }
    }
    this.last[feature] = last - base;
    this.ceiling[feature] = ceiling;
  }

  /** All firings drawn, weakest first. */
  drawn(feature: number): SampleRecord {
    const slots = this.slotsOf(feature);
    return {
      sequences: Uint32Array.from(slots, (slot) => this.sequences[slot]!),
      positions: Uint16Array.from(slots, (slot) => this.positions[slot]!),
      values: Float32Array.from(slots, (slot) => this.values[slot]!),
    };
  }

  /** Where the feature fires in the whole sequence of the i-th firing drawn. */
  around(feature: number) {
    const slots = this.slotsOf(feature);
    return (i: number) => this.activations.get(slots[i]!);
  }

  /**
   * Up to `perGroup` examples from each of the five groups (0 = weakest
   * fifth), each group weakest first.
   *
   * The sample, sorted by activation, is cut at ⌊g · n / 5⌋. Inside a group
   * the draw is in the random order of the ranks; it prefers sequences that
   * no example of this feature shows yet (`shown`: those of its top
   * contexts), then such as only a top context shows, then any.
   */
  records(
    feature: number,
    perGroup: number,
    shown: Iterable<number>,
  ): ExampleRecord[] {
    const slots = this.slotsOf(feature);
    const n = slots.length;
    const inTop = new Set(shown);
    const drawn = new Set<number>();
    const records: ExampleRecord[] = [];
    for (let group = 0; group < QUANTILE_GROUPS; group++) {
      const from = Math.floor((group * n) / QUANTILE_GROUPS);
      const to = Math.floor(((group + 1) * n) / QUANTILE_GROUPS);
      const members = slots.slice(from, to);
      const picks = this.draw(members, perGroup, inTop, drawn);
      picks.sort((a, b) => this.byActivation(a, b));
      for (const slot of picks) {
        records.push({
          group,
          sequence: this.sequences[slot]!,
          peakPosition: this.positions[slot]!,
          peakValue: this.values[slot]!,
          ...this.activations.get(slot),
        });
      }
    }
    return records;
  }

  /** The slots in use, weakest firing first. */
  private slotsOf(feature: number): number[] {
    const base = feature * this.size;
    const length = this.filled[feature]!;
    const slots = Array.from({ length }, (_, i) => base + i);
    return slots.sort((a, b) => this.byActivation(a, b));
  }

  private byActivation(a: number, b: number): number {
    return (
      this.values[a]! - this.values[b]! ||
      this.sequences[a]! - this.sequences[b]! ||
      this.positions[a]! - this.positions[b]!
    );
  }

  private draw(
    members: number[],
    count: number,
    inTop: ReadonlySet<number>,
    drawn: Set<number>,
  ): number[] {
    let rest = [...members].sort((a, b) => (this.slotPrecedes(a, b) ? -1 : 1));
    const picks: number[] = [];
    const wishes: ((sequence: number) => boolean)[] = [
      (s) => !drawn.has(s) && !inTop.has(s),
      (s) => !drawn.has(s),
      () => true,
    ];
    for (const wish of wishes) {
      const left: number[] = [];
      for (const slot of rest) {
        const sequence = this.sequences[slot]!;
        if (picks.length < count && wish(sequence)) {
          picks.push(slot);
          drawn.add(sequence);
        } else {
          left.push(slot);
        }
      }
      rest = left;
    }
    return picks;
  }
}

/** MurmurHash3's finalizer: every input bit flips each output bit about half the time. */
function mix32(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/**
 * The number by which a firing is drawn or not: uniform over 32 bits, and a
 * function of these four only.
 */
export function firingRank(
  seed: number,
  feature: number,
  sequence: number,
  position: number,
): number {
  return rankInStream(sequenceStream(seed, feature, sequence), position);
}

function sequenceStream(
  seed: number,
  feature: number,
  sequence: number,
): number {
  const ofSeed = mix32(seed ^ 0x9e3779b9);
  const ofFeature = mix32(ofSeed + Math.imul(feature, 0x9e3779b1));
  return mix32(ofFeature + Math.imul(sequence, 0x85ebca77));
}

function rankInStream(stream: number, position: number): number {
  return mix32(stream + Math.imul(position, 0xc2b2ae3d)) >>> 0;
}
