/**
 * The feature index the slow, obvious way: every activation of a small corpus
 * held densely, every statistic computed from the full list. The streaming
 * accumulators of lib/features must agree with it.
 */
import type { PackedCorpus } from "#lib/corpus/index";
import type {
  ExampleRecord,
  HistogramRecord,
  PlacesRecord,
} from "#lib/db/records";

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

/** Central moments by their definitions. */
export function momentsOf(firings: readonly Firing[]) {
  const { count, mean } = statsOf(firings);
  const central = (power: number) =>
    firings.reduce((sum, f) => sum + (f.value - mean) ** power, 0) / count;
  const variance = count === 0 ? 0 : central(2);
  return {
    variance,
    skewness: variance === 0 ? null : central(3) / variance ** 1.5,
    kurtosis: variance === 0 ? null : central(4) / variance ** 2,
  };
}

/** Firings by sixteenths of the sequence, by source and by document. */
export function placesOfFirings(
  firings: readonly Firing[],
  corpus: Pick<PackedCorpus, "contextSize" | "documents" | "segments">,
): PlacesRecord {
  const documentOf = (firing: Firing) =>
    corpus.segments.findLast(
      (s) => s.sequence === firing.sequence && s.start <= firing.position,
    )!.document;
  const names = corpus.documents.map((d) => d.source.replace(/, line \d+/, ""));
  const sizes = (name: string) => names.filter((n) => n === name).length;
  const sources = [...new Set(names)].sort(
    (a, b) => sizes(b) - sizes(a) || (a < b ? -1 : 1),
  );
  const counts = new Map<number, number>();
  for (const firing of firings) {
    const document = documentOf(firing);
    counts.set(document, (counts.get(document) ?? 0) + 1);
  }
  const part = (f: Firing) =>
    Math.floor((16 * f.position) / corpus.contextSize);
  return {
    positions: Array.from(
      { length: 16 },
      (_, i) => firings.filter((f) => part(f) === i).length,
    ),
    sources: sources.map(
      (name) => firings.filter((f) => names[documentOf(f)] === name).length,
    ),
    documents: counts.size,
    topDocuments: [...counts]
      .map(([document, count]) => ({ document, count }))
      .sort((a, b) => b.count - a.count || a.document - b.document)
      .slice(0, 5),
  };
}

/** Pearson's correlation of two features' firing or not, over all tokens. */
export function coFiringOf(corpus: DenseCorpus, a: number, b: number) {
  const { tokens, activations, dSae } = corpus;
  const rows = [...tokens.keys()].filter((row) => tokens[row] !== BOS);
  const on = (row: number, f: number) =>
    activations[row * dSae + f]! > 0 ? 1 : 0;
  const mean = (f: number) =>
    rows.reduce((sum, row) => sum + on(row, f), 0) / rows.length;
  const [ma, mb] = [mean(a), mean(b)];
  let ab = 0;
  let aa = 0;
  let bb = 0;
  let count = 0;
  for (const row of rows) {
    const [da, db] = [on(row, a) - ma, on(row, b) - mb];
    ab += da * db;
    aa += da * da;
    bb += db * db;
    count += on(row, a) * on(row, b);
  }
  return { count, correlation: aa * bb === 0 ? 0 : ab / Math.sqrt(aa * bb) };
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
