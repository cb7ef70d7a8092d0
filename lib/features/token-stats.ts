import type { TokenStatRecord } from "#lib/db/records";
import type { SequenceFirings } from "./sequence-firings";

/** Slots of one feature's table, a power of two. */
const SLOTS = 128;
/** Tokens held before the weakest half is thinned out. */
export const TOKEN_CAPACITY = 96;
const EMPTY = 0xffff;

/**
 * The tokens each feature fires on: how often, and how strongly on average.
 * 2.8 kB a feature, whatever the vocabulary and the corpus.
 *
 * Misra & Gries (1982) with a purge by the median (docs/method.md, Eq. 22): a
 * table of up to 96 tokens a feature; when one more is needed, the median
 * weight is taken off every token and those left with nothing leave.
 * Guaranteed, for a feature that fired N times:
 * - up to 96 different tokens: counts and means are exact;
 * - beyond: a token with more than N / 48 of the firings is always held, a
 *   reported count is never too high and at most N / 48 too low, and a
 *   reported mean is that of exactly the firings counted.
 */
export class TokenStats {
  private readonly tokens: Uint16Array;
  /** A slot's firings since its token came in, and their activations' sum. */
  private readonly countAndSum: Float64Array;
  /** What purges had taken off, in all, when the slot's token came in. */
  private readonly purgedBefore: Uint32Array;
  /** The same up to now, per feature. A weight is count − (now − before). */
  private readonly purged: Uint32Array;
  private readonly filled: Uint16Array;
  private readonly weights = new Uint32Array(TOKEN_CAPACITY);
  private readonly kept = {
    tokens: new Uint16Array(TOKEN_CAPACITY),
    countAndSum: new Float64Array(TOKEN_CAPACITY * 2),
    purgedBefore: new Uint32Array(TOKEN_CAPACITY),
  };

  constructor(dSae: number) {
    const slots = dSae * SLOTS;
    this.tokens = new Uint16Array(slots).fill(EMPTY);
    this.countAndSum = new Float64Array(slots * 2);
    this.purgedBefore = new Uint32Array(slots);
    this.purged = new Uint32Array(dSae);
    this.filled = new Uint16Array(dSae);
  }

  /** Takes in entries from … to − 1 of `firings`, all of `feature`. */
  add(
    feature: number,
    firings: SequenceFirings,
    from: number,
    to: number,
  ): void {
    const { positions, values, tokens } = firings;
    const { tokens: held, countAndSum } = this;
    for (let i = from; i < to; i++) {
      const token = tokens[positions[i]!]!;
      let slot = this.find(feature, token);
      if (held[slot] === EMPTY) slot = this.insert(feature, token, slot);
      countAndSum[2 * slot]! += 1;
      countAndSum[2 * slot + 1]! += values[i]!;
    }
  }

  /** The token's slot, or the empty one where it belongs (linear probing). */
  private find(feature: number, token: number): number {
    const { tokens } = this;
    const base = feature * SLOTS;
    let at = (Math.imul(token, 0x9e3779b1) >>> 16) & (SLOTS - 1);
    let held = tokens[base + at]!;
    while (held !== token && held !== EMPTY) {
      at = (at + 1) & (SLOTS - 1);
      held = tokens[base + at]!;
    }
    return base + at;
  }

  private insert(feature: number, token: number, slot: number): number {
    if (this.filled[feature] === TOKEN_CAPACITY) {
      this.purge(feature);
      slot = this.find(feature, token);
    }
    this.filled[feature]!++;
    this.tokens[slot] = token;
    this.purgedBefore[slot] = this.purged[feature]!;
    return slot;
  }

  private purge(feature: number): void {
    const { tokens, countAndSum, purgedBefore, kept, weights } = this;
    const first = feature * SLOTS;
    const end = first + SLOTS;
    let n = 0;
    for (let slot = first; slot < end; slot++) {
      if (tokens[slot] !== EMPTY) weights[n++] = this.weight(feature, slot);
    }
    const median = weights.sort()[TOKEN_CAPACITY / 2]!;
    n = 0;
    for (let slot = first; slot < end; slot++) {
      if (tokens[slot] !== EMPTY && this.weight(feature, slot) > median) {
        kept.tokens[n] = tokens[slot]!;
        kept.countAndSum[2 * n] = countAndSum[2 * slot]!;
        kept.countAndSum[2 * n + 1] = countAndSum[2 * slot + 1]!;
        kept.purgedBefore[n] = purgedBefore[slot]!;
        n++;
      }
    }
    tokens.fill(EMPTY, first, end);
    countAndSum.fill(0, 2 * first, 2 * end);
    for (let i = 0; i < n; i++) {
      const slot = this.find(feature, kept.tokens[i]!);
      tokens[slot] = kept.tokens[i]!;
      countAndSum[2 * slot] = kept.countAndSum[2 * i]!;
      countAndSum[2 * slot + 1] = kept.countAndSum[2 * i + 1]!;
      purgedBefore[slot] = kept.purgedBefore[i]!;
    }
    this.filled[feature] = n;
    this.purged[feature]! += median;
  }

  private weight(feature: number, slot: number): number {
    const taken = this.purged[feature]! - this.purgedBefore[slot]!;
    return this.countAndSum[2 * slot]! - taken;
  }

  /** The `limit` most frequent tokens, most frequent first. */
  records(feature: number, limit: number): TokenStatRecord[] {
    const base = feature * SLOTS;
    const records: TokenStatRecord[] = [];
    for (let slot = base; slot < base + SLOTS; slot++) {
      const tokenId = this.tokens[slot]!;
      if (tokenId === EMPTY) continue;
      const count = this.countAndSum[2 * slot]!;
      records.push({
        tokenId,
        count,
        mean: this.countAndSum[2 * slot + 1]! / count,
      });
    }
    records.sort((a, b) => b.count - a.count || a.tokenId - b.tokenId);
    return records.slice(0, limit);
  }
}
