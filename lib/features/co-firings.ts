import { BOS } from "#lib/corpus/index";
import type { SparseCode } from "#lib/compute/index";
import type { CoFiringRecord } from "#lib/db/records";

/** Active latents held at once: 64 MB of them. */
const MAX_ENTRIES = 1 << 24;
/** Pairs of latents counted at the end: bounds its time. */
const MAX_PAIRS = 1 << 27;

/**
 * Which features fire on the same tokens (docs/method.md, Eq. 37). The active
 * latents of every token are held; of a long text, those of every second,
 * fourth … token, so that memory and time are bounded whatever its length.
 * Counts and correlations are exact on the tokens held.
 */
export class CoFirings {
  private latents = new Uint32Array(1 << 16);
  /** End of each held token's latents. */
  private ends: number[] = [];
  private used = 0;
  private pairs = 0;
  /** One token in so many is held. */
  private stride = 1;
  private seen = 0;
  /** Held tokens by latent: CSR, made by `close`. */
  private starts = new Uint32Array(0);
  private tokensOf = new Uint32Array(0);
  private readonly together: Uint32Array;

  constructor(
    private readonly dSae: number,
    private readonly limits = { entries: MAX_ENTRIES, pairs: MAX_PAIRS },
  ) {
    this.together = new Uint32Array(dSae);
  }

  /** Tokens held. */
  get tokens(): number {
    return this.ends.length;
  }

  /** Takes in a sequence: rows firstRow … of `code`, BOS left out. */
  add(tokens: Uint16Array, code: SparseCode, firstRow: number): void {
    const { rowPtr, indices } = code;
    for (let p = 0; p < tokens.length; p++) {
      if (tokens[p] === BOS || this.seen++ % this.stride !== 0) continue;
      const from = rowPtr[firstRow + p]!;
      const count = rowPtr[firstRow + p + 1]! - from;
      this.reserve(count);
      this.latents.set(indices.subarray(from, from + count), this.used);
      this.used += count;
      this.pairs += count * count;
      this.ends.push(this.used);
      while (
        this.ends.length > 1 &&
        (this.used > this.limits.entries || this.pairs > this.limits.pairs)
      ) {
        this.thin();
      }
    }
  }

  private reserve(count: number): void {
    if (this.used + count <= this.latents.length) return;
    const larger = new Uint32Array(2 * (this.used + count));
    larger.set(this.latents.subarray(0, this.used));
    this.latents = larger;
  }

  /** Drops every second held token. */
  private thin(): void {
    const ends: number[] = [];
    let used = 0;
    this.pairs = 0;
    for (let t = 0; t < this.ends.length; t += 2) {
      const from = this.ends[t - 1] ?? 0;
      const count = this.ends[t]! - from;
      this.latents.copyWithin(used, from, from + count);
      used += count;
      this.pairs += count * count;
      ends.push(used);
    }
    this.ends = ends;
    this.used = used;
    this.stride *= 2;
  }

  /** Sorts the held tokens by latent; call once, before `record`. */
  close(): void {
    const { dSae, latents, ends, used } = this;
    const starts = new Uint32Array(dSae + 1);
    for (let e = 0; e < used; e++) starts[latents[e]! + 1]!++;
    for (let i = 0; i < dSae; i++) starts[i + 1]! += starts[i]!;
    const next = starts.slice();
    this.tokensOf = new Uint32Array(used);
    let e = 0;
    for (let t = 0; t < ends.length; t++) {
      for (; e < ends[t]!; e++) this.tokensOf[next[latents[e]!]!++] = t;
    }
    this.starts = starts;
  }

  /** The features whose firings correlate most with this one's. */
  record(feature: number, limit: number): CoFiringRecord {
    const { starts, tokensOf, latents, ends, together, tokens } = this;
    const from = starts[feature]!;
    const to = starts[feature + 1]!;
    const firings = to - from;
    const met: number[] = [];
    for (let i = from; i < to; i++) {
      const t = tokensOf[i]!;
      for (let e = ends[t - 1] ?? 0; e < ends[t]!; e++) {
        const other = latents[e]!;
        if (together[other]!++ === 0) met.push(other);
      }
    }
    const ranked = new Ranked(limit);
    for (const other of met) {
      const count = together[other]!;
      together[other] = 0;
      if (other === feature) continue;
      const others = starts[other + 1]! - starts[other]!;
      const correlation = phi(tokens, firings, others, count);
      if (correlation > 0) ranked.offer(other, count, correlation);
    }
    return { tokens, firings, features: ranked.features };
  }
}

/** The most correlated few of many; of equals, the smaller number. */
class Ranked {
  readonly features: CoFiringRecord["features"] = [];

  constructor(private readonly limit: number) {}

  offer(feature: number, count: number, correlation: number): void {
    const { features, limit } = this;
    const last = features.at(-1);
    if (features.length === limit && correlation < last!.correlation) return;
    const at = features.findIndex(
      (f) =>
        correlation > f.correlation ||
        (correlation === f.correlation && feature < f.feature),
    );
    const place = at < 0 ? features.length : at;
    features.splice(place, 0, { feature, count, correlation });
    if (features.length > limit) features.pop();
  }
}

/** Pearson's correlation of two yes/no variables over n tokens. */
function phi(n: number, a: number, b: number, both: number): number {
  const spread = a * (n - a) * b * (n - b);
  return spread === 0 ? 0 : (n * both - a * b) / Math.sqrt(spread);
}
