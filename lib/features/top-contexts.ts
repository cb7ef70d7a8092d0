import { BOS } from "#lib/corpus/index";
import type { ExampleRecord } from "#lib/db/records";
import { ActivationStore } from "./activation-store";
import type { SequenceFirings } from "./sequence-firings";

/** Tokens before and after the peak that make two contexts the same text. */
export const WINDOW_BEFORE = 8;
export const WINDOW_AFTER = 3;
const WINDOW = WINDOW_BEFORE + 1 + WINDOW_AFTER;

/**
 * The strongest contexts of each feature, found exactly in one pass
 * (docs/method.md, Eq. 20).
 *
 * A sequence offers one candidate: its strongest firing, the first of equals.
 * Candidates whose windows (8 tokens before the peak … 3 after, clipped at
 * the sequence's ends and at BOS) hold the same tokens are one text, of which
 * the strongest counts. Kept are the `size` strongest texts. Equal values are
 * ranked by sequence number, smaller first, so the order in which sequences
 * arrive does not matter.
 *
 * Why a list of `size` distinct windows is enough: by the ranking no two
 * candidates are equal, the list always holds the best candidates of the
 * `size` best windows so far, and its last one only ever gets better. When a
 * window once pushed out comes again, its earlier candidates were below the
 * last one and are so still; if the new one is above, it is its window's best.
 */
export class TopContexts {
  private readonly filled: Uint16Array;
  /** Slot of the weakest kept candidate, and its value (0 while not full). */
  private readonly weakest: Uint16Array;
  private readonly floor: Float32Array;
  private readonly values: Float32Array;
  private readonly sequences: Uint32Array;
  private readonly peaks: Uint16Array;
  /** Window tokens a slot; BOS where clipped (never inside a window). */
  private readonly windows: Uint16Array;
  private readonly activations: ActivationStore;
  private readonly window = new Uint16Array(WINDOW);

  constructor(
    dSae: number,
    readonly size: number,
  ) {
    const slots = dSae * size;
    this.filled = new Uint16Array(dSae);
    this.weakest = new Uint16Array(dSae);
    this.floor = new Float32Array(dSae);
    this.values = new Float32Array(slots);
    this.sequences = new Uint32Array(slots);
    this.peaks = new Uint16Array(slots);
    this.windows = new Uint16Array(slots * WINDOW);
    this.activations = new ActivationStore(slots);
  }

  /** Takes in entries from … to − 1 of `firings`, all of `feature`. */
  add(
    feature: number,
    firings: SequenceFirings,
    from: number,
    to: number,
  ): void {
    const { values } = firings;
    let best = from;
    for (let i = from + 1; i < to; i++) {
      if (values[i]! > values[best]!) best = i;
    }
    const value = values[best]!;
    if (value < this.floor[feature]!) return;

    const base = feature * this.size;
    const filled = this.filled[feature]!;
    const full = filled === this.size;
    const { sequence } = firings;
    const weakest = base + this.weakest[feature]!;
    if (full && !this.beats(value, sequence, weakest)) return;

    const peak = firings.positions[best]!;
    this.cutWindow(firings.tokens, peak);
    let slot = this.findWindow(base, filled);
    if (slot < 0) {
      slot = full ? weakest : base + filled;
      if (!full) this.filled[feature] = filled + 1;
    } else if (!this.beats(value, sequence, slot)) {
      return;
    }
    this.values[slot] = value;
    this.sequences[slot] = sequence;
    this.peaks[slot] = peak;
    this.windows.set(this.window, slot * WINDOW);
    this.activations.set(slot, firings.positions, values, from, to);
    this.updateFloor(feature);
  }

  private beats(value: number, sequence: number, slot: number): boolean {
    const other = this.values[slot]!;
    return (
      value > other || (value === other && sequence < this.sequences[slot]!)
    );
  }

  private updateFloor(feature: number): void {
    if (this.filled[feature]! < this.size) return;
    const base = feature * this.size;
    let weakest = base;
    for (let slot = base + 1; slot < base + this.size; slot++) {
      if (this.beats(this.values[weakest]!, this.sequences[weakest]!, slot)) {
        weakest = slot;
      }
    }
    this.weakest[feature] = weakest - base;
    this.floor[feature] = this.values[weakest]!;
  }

  private cutWindow(tokens: Uint16Array, peak: number): void {
    const { window } = this;
    window.fill(BOS);
    window[WINDOW_BEFORE] = tokens[peak]!;
    for (let d = 1; d <= WINDOW_BEFORE && peak - d >= 0; d++) {
      const token = tokens[peak - d]!;
      if (token === BOS) break;
      window[WINDOW_BEFORE - d] = token;
    }
    for (let d = 1; d <= WINDOW_AFTER && peak + d < tokens.length; d++) {
      const token = tokens[peak + d]!;
      if (token === BOS) break;
      window[WINDOW_BEFORE + d] = token;
    }
  }

  /** The slot among base … base + filled − 1 with the cut window, or −1. */
  private findWindow(base: number, filled: number): number {
    const { window, windows } = this;
    for (let slot = base; slot < base + filled; slot++) {
      const at = slot * WINDOW;
      let i = 0;
      while (i < WINDOW && windows[at + i] === window[i]) i++;
      if (i === WINDOW) return slot;
    }
    return -1;
  }

  /** The feature's contexts, strongest first. */
  records(feature: number): ExampleRecord[] {
    const base = feature * this.size;
    const records: ExampleRecord[] = [];
    for (let slot = base; slot < base + this.filled[feature]!; slot++) {
      records.push({
        group: "top",
        sequence: this.sequences[slot]!,
        peakPosition: this.peaks[slot]!,
        peakValue: this.values[slot]!,
        ...this.activations.get(slot),
      });
    }
    return records.sort(
      (a, b) => b.peakValue - a.peakValue || a.sequence - b.sequence,
    );
  }
}
