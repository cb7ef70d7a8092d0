/**
 * The feature index the slow, obvious way: every activation of a small corpus
 * held densely, every statistic computed from the full list. The streaming
 * accumulators of lib/features must agree with it.
 */
import type { ExampleRecord, HistogramRecord } from "#lib/db/records";

const BOS = 50256;

/** A small corpus with all its activations. */
export interface DenseCorpus {
  contextSize: number;
  sequences: number;
  dSae: number;
  /** [sequences × contextSize] */
  tokens: Uint16Array;
  /** [sequences × contextSize × dSae], 0 where silent; BOS may fire here. */
  activations: Float32Array;
}

export interface Firing {
  sequence: number;
  position: number;
  token: number;
  value: number;
}

/** All firings of a feature on tokens other than BOS, in corpus order. */
export function firingsOf(corpus: DenseCorpus, feature: number): Firing[] {
  const { contextSize, sequences, dSae, tokens, activations } = corpus;
  const firings: Firing[] = [];
  for (let sequence = 0; sequence < sequences; sequence++) {
    for (let position = 0; position < contextSize; position++) {
      const row = sequence * contextSize + position;
      const token = tokens[row]!;
      const value = activations[row * dSae + feature]!;
      if (token !== BOS && value > 0) {
        firings.push({ sequence, position, token, value });
      }
    }
  }
  return firings;
}

export function statsOf(firings: readonly Firing[]) {
  const values = firings.map((firing) => firing.value);
  const sum = values.reduce((a, b) => a + b, 0);
  return {
    count: values.length,
    mean: values.length === 0 ? 0 : sum / values.length,
    max: Math.max(0, ...values),
  };
}

/** 64 bins over (0, smallest power of two ≥ max], empty ones at the end cut. */
export function histogramOf(firings: readonly Firing[]): HistogramRecord {
  if (firings.length === 0) return { binWidth: 0, counts: [] };
  const { max } = statsOf(firings);
  let range = 2 ** -140;
  while (range < max) range *= 2;
  const binWidth = range / 64;
  const counts: number[] = [];
  for (let bin = 0; bin * binWidth < max; bin++) {
    const inBin = (v: number) =>
      v > bin * binWidth && v <= (bin + 1) * binWidth;
    counts.push(firings.filter(({ value }) => inBin(value)).length);
  }
  return { binWidth, counts };
}

/** The tokens that decide whether two contexts are the same text. */
export function windowOf(corpus: DenseCorpus, firing: Firing): string {
  const { contextSize, tokens } = corpus;
  const start = firing.sequence * contextSize;
  const at = (position: number) => tokens[start + position]!;
  let from = firing.position;
  let to = firing.position;
  while (from > 0 && firing.position - from < 8 && at(from - 1) !== BOS) from--;
  while (
    to + 1 < contextSize &&
    to - firing.position < 3 &&
    at(to + 1) !== BOS
  ) {
    to++;
  }
  const before = Array.from(
    tokens.subarray(start + from, start + firing.position),
  );
  const after = Array.from(
    tokens.subarray(start + firing.position, start + to + 1),
  );
  return `${before.join(" ")} | ${after.join(" ")}`;
}

/** The strongest firing of every sequence, the best of every text, the best. */
export function topContextsOf(
  corpus: DenseCorpus,
  feature: number,
  size: number,
): ExampleRecord[] {
  const firings = firingsOf(corpus, feature);
  const ofSequence = new Map<number, Firing>();
  for (const firing of firings) {
    const best = ofSequence.get(firing.sequence);
    if (best === undefined || firing.value > best.value) {
      ofSequence.set(firing.sequence, firing);
    }
  }
  const ranked = [...ofSequence.values()].sort(
    (a, b) => b.value - a.value || a.sequence - b.sequence,
  );
  const ofText = new Map<string, Firing>();
  for (const firing of ranked) {
    const text = windowOf(corpus, firing);
    if (!ofText.has(text)) ofText.set(text, firing);
  }
  return [...ofText.values()]
    .slice(0, size)
    .map((firing) => exampleOf("top", firing, firings));
}

/**
 * The `size` firings of smallest rank, by activation, in five parts of equal
 * count. `rank` stands for the randomness.
 */
export function quantilesOf(
  firings: readonly Firing[],
  size: number,
  rank: (firing: Firing) => number,
): Firing[][] {
  const sample = [...firings]
    .sort(
      (a, b) =>
        rank(a) - rank(b) || a.sequence - b.sequence || a.position - b.position,
    )
    .slice(0, size)
    .sort(
      (a, b) =>
        a.value - b.value || a.sequence - b.sequence || a.position - b.position,
    );
  return [0, 1, 2, 3, 4].map((g) =>
    sample.slice(
      Math.floor((g * sample.length) / 5),
      Math.floor(((g + 1) * sample.length) / 5),
    ),
  );
}

export function tokenStatsOf(firings: readonly Firing[]) {
  const values = new Map<number, number[]>();
  for (const { token, value } of firings) {
    values.set(token, [...(values.get(token) ?? []), value]);
  }
  return [...values]
    .map(([tokenId, list]) => ({
      tokenId,
      count: list.length,
      mean: list.reduce((a, b) => a + b, 0) / list.length,
    }))
    .sort((a, b) => b.count - a.count || a.tokenId - b.tokenId);
}

/** A firing as an example: with all the feature's firings in its sequence. */
export function exampleOf(
  group: ExampleRecord["group"],
  firing: Firing,
  firings: readonly Firing[],
): ExampleRecord {
  const all = firings.filter((f) => f.sequence === firing.sequence);
  return {
    group,
    sequence: firing.sequence,
    peakPosition: firing.position,
    peakValue: firing.value,
    positions: Uint16Array.from(all, (f) => f.position),
    values: Float32Array.from(all, (f) => f.value),
  };
}

/**
 * Every token's logit effect of one decoder row, in float64:
 * LayerNorm's centring, its weight, the unembedding, the vocabulary's mean.
 */
export function logitEffectsOf(
  row: ArrayLike<number>,
  gamma: ArrayLike<number>,
  unembedding: ArrayLike<number>,
): number[] {
  const d = row.length;
  const mean = Array.from(row).reduce((a, b) => a + b, 0) / d;
  const logits = Array.from({ length: unembedding.length / d }, (_, v) => {
    let sum = 0;
    for (let j = 0; j < d; j++) {
      sum += (row[j]! - mean) * gamma[j]! * unembedding[v * d + j]!;
    }
    return sum;
  });
  const average = logits.reduce((a, b) => a + b, 0) / logits.length;
  return logits.map((logit) => logit - average);
}

/** Cosine of two vectors in float64; 0 when either is zero. */
export function cosineOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let j = 0; j < a.length; j++) {
    ab += a[j]! * b[j]!;
    aa += a[j]! ** 2;
    bb += b[j]! ** 2;
  }
  return aa * bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}
