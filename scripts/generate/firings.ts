import { VOCABULARY_SIZE } from "#lib/gpt2/index";
import { KEPT, type FeaturePlan } from "./feature-plan";
import type { GeneratedText } from "./generated-text";

/**
 * Where a generated feature fires and how strongly: a function of the seed, the
 * feature and the place, so that any sequence can be asked on its own.
 */
export class Firings {
  /** Places of all firings, and the activations there. */
  at = new Uint32Array(1 << 16);
  values = new Float32Array(1 << 16);
  count = 0;
  /** How often the feature fired on each watched token, and the sum there. */
  readonly byToken = new Map<number, { count: number; sum: number }>();
  private readonly weights = new Float32Array(VOCABULARY_SIZE);
  private plan: FeaturePlan = NOTHING;
  private key = 0;
  private gate = 0;

  constructor(
    private readonly text: GeneratedText,
    private readonly seed: number,
  ) {}

  /** Finds all firings of a feature; valid until the next call. */
  find(feature: number, plan: FeaturePlan): void {
    for (const token of this.plan.watched.keys()) this.weights[token] = 0;
    this.plan = plan;
    this.key = mix(
      mix(this.seed ^ 0x5bd1e995) + Math.imul(feature, 0x9e3779b1),
    );
    this.gate = plan.sequences * 2 ** 32;
    this.count = 0;
    this.byToken.clear();
    for (const [token, weight] of plan.watched) {
      this.weights[token] = weight;
      this.findOn(token, weight);
    }
  }

  private findOn(token: number, weight: number): void {
    const { first, occurrences, corpus } = this.text;
    const from = this.count;
    let sum = 0;
    for (let i = first[token]!; i < first[token + 1]!; i++) {
      const at = occurrences[i]!;
      if (!this.firesIn(Math.floor(at / corpus.contextSize))) continue;
      const value = this.valueAt(at, weight);
      if (value === 0) continue;
      if (this.count === this.at.length) this.grow();
      this.at[this.count] = at;
      this.values[this.count++] = value;
      sum += value;
    }
    if (this.count === from) return;
    this.byToken.set(token, { count: this.count - from, sum });
  }

  /** Where in a sequence the feature found last fires. */
  inSequence(sequence: number): {
    positions: Uint16Array;
    values: Float32Array;
  } {
    const { tokens, contextSize } = this.text.corpus;
    const positions: number[] = [];
    const values: number[] = [];
    const from = sequence * contextSize;
    for (let p = 0; this.firesIn(sequence) && p < contextSize; p++) {
      const weight = this.weights[tokens[from + p]!]!;
      const value = weight === 0 ? 0 : this.valueAt(from + p, weight);
      if (value === 0) continue;
      positions.push(p);
      values.push(value);
    }
    return {
      positions: Uint16Array.from(positions),
      values: Float32Array.from(values),
    };
  }

  private firesIn(sequence: number): boolean {
    return mix(this.key + Math.imul(sequence, 0x85ebca77)) >>> 0 < this.gate;
  }

  /** Mostly weak, seldom strong; 0 where it stays silent. */
  private valueAt(at: number, weight: number): number {
    const draw = (mix(this.key ^ Math.imul(at, 0xc2b2ae3d)) >>> 0) / 2 ** 32;
    if (draw >= KEPT) return 0;
    const share = draw / KEPT;
    return Math.fround(this.plan.scale * weight * (0.12 + share ** 4));
  }

  private grow(): void {
    const { at, values } = this;
    this.at = new Uint32Array(2 * at.length);
    this.at.set(at);
    this.values = new Float32Array(2 * values.length);
    this.values.set(values);
  }
}

const NOTHING: FeaturePlan = {
  watched: new Map(),
  sequences: 0,
  scale: 0,
  theme: [],
};

/** MurmurHash3's finalizer. */
function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
