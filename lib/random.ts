/**
 * Seeded randomness. Everything random in the project takes an `Rng`, so the
 * same seed gives the same bytes; nothing calls Math.random.
 *
 * xoshiro128** (Blackman & Vigna 2018), state filled by splitmix32.
 */
export class Rng {
  private readonly state = new Uint32Array(4);

  constructor(seed: number) {
    let x = seed >>> 0;
    for (let i = 0; i < 4; i++) {
      x = (x + 0x9e3779b9) >>> 0;
      let z = x;
      z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
      this.state[i] = (z ^ (z >>> 16)) >>> 0;
    }
  }

  /** A generator of its own for one named purpose: streams do not interleave. */
  static of(seed: number, ...path: number[]): Rng {
    let mixed = seed >>> 0;
    for (const step of path) {
      mixed = Math.imul(mixed ^ (step >>> 0), 0x9e3779b1) >>> 0;
      mixed = (mixed ^ (mixed >>> 15)) >>> 0;
      mixed = Math.imul(mixed, 0x85ebca77) >>> 0;
    }
    return new Rng(mixed);
  }

  /** Uniform 32-bit unsigned integer. */
  uint32(): number {
    const s = this.state;
    const s1 = s[1]!;
    const x = Math.imul(s1, 5) >>> 0;
    const result = Math.imul(((x << 7) | (x >>> 25)) >>> 0, 9) >>> 0;
    const t = (s1 << 9) >>> 0;
    s[2]! ^= s[0]!;
    s[3]! ^= s1;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= t;
    const s3 = s[3]!;
    s[3] = ((s3 << 11) | (s3 >>> 21)) >>> 0;
    return result;
  }

  /** Uniform in [0, 1) with 32 random bits. */
  uniform(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** Uniform integer in [0, bound), without modulo bias. */
  below(bound: number): number {
    const limit = 0x1_0000_0000 - (0x1_0000_0000 % bound);
    let x = this.uint32();
    while (x >= limit) x = this.uint32();
    return x % bound;
  }

  /** Standard normal (Box–Muller). */
  normal(): number {
    const u = 1 - this.uniform();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A random permutation of 0 … length − 1 (Fisher–Yates). */
  permutation(length: number): Uint32Array {
    const order = new Uint32Array(length);
    for (let i = 0; i < length; i++) order[i] = i;
    for (let i = length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const swap = order[i]!;
      order[i] = order[j]!;
      order[j] = swap;
    }
    return order;
  }
}
