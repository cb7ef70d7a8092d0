import { describe, expect, test } from "vitest";
import type { PackedCorpus } from "#lib/corpus/index";
import type {
  DocumentRecord,
  FeatureRecord,
  SegmentRecord,
} from "#lib/db/records";
import { indexFeatures, selectSequences } from "#lib/features/index";
import type {
  FeatureIndexWriter,
  IndexFeaturesOptions,
} from "#lib/features/index";
import { createEncoder } from "#lib/sae/index";
import type { Sae } from "#lib/sae/index";
import {
  cosineOf,
  firingsOf,
  histogramOf,
  logitEffectsOf,
  placesOfFirings,
  statsOf,
  tokenStatsOf,
  topContextsOf,
} from "#test/reference/feature-index";
import { range } from "./small-corpus";
import {
  D_IN,
  D_SAE,
  lnFinalWeight,
  packed,
  residual,
  topK,
  W_U,
} from "./small-run";

/** A writer that remembers what it was given. */
class Collector implements FeatureIndexWriter {
  readonly documents: DocumentRecord[] = [];
  readonly segments: SegmentRecord[] = [];
  readonly features: FeatureRecord[] = [];
  readonly sequences = new Map<number, Uint16Array>();

  addDocuments(documents: DocumentRecord[]): void {
    this.documents.push(...documents);
  }
  addSegments(segments: SegmentRecord[]): void {
    this.segments.push(...segments);
  }
  addSequences(first: number, tokens: Uint16Array, contextSize: number): void {
    for (let at = 0; at < tokens.length; at += contextSize) {
      this.sequences.set(
        first + at / contextSize,
        tokens.slice(at, at + contextSize),
      );
    }
  }
  atlas: { positions: Float32Array; sources: Uint16Array } | undefined;
  addAtlas(positions: Float32Array, sources: Uint16Array): void {
    this.atlas = { positions, sources };
  }
  addFeature(record: FeatureRecord): void {
    this.features.push(record);
  }
}

async function run(overrides: Partial<IndexFeaturesOptions> = {}) {
  const corpus = overrides.corpus ?? packed(1);
  const sae = topK();
  const encoder = await createEncoder(sae, { threads: 1 });
  const writer = new Collector();
  try {
    const summary = await indexFeatures({
      corpus,
      sequences: selectSequences(corpus),
      residual,
      encoder,
      sae,
      unembedding: { W_U, lnFinalWeight },
      writer,
      seed: 5,
      threads: 1,
      ...overrides,
    });
    return { corpus, sae, writer, summary };
  } finally {
    await encoder.dispose();
  }
}

async function denseActivations(corpus: PackedCorpus, sae: Sae) {
  const encoder = await createEncoder(sae, { threads: 1 });
  const rows = corpus.tokens.length;
  const code = await encoder.encode(await residual(corpus.tokens), rows);
  await encoder.dispose();
  const activations = new Float32Array(rows * D_SAE);
  for (let row = 0; row < rows; row++) {
    for (let e = code.rowPtr[row]!; e < code.rowPtr[row + 1]!; e++) {
      activations[row * D_SAE + code.indices[e]!] = code.values[e]!;
    }
  }
  return { ...corpus, dSae: D_SAE, activations };
}

describe("indexing a corpus", () => {
  test("every feature's record is what the dense oracle says", async () => {
    const { corpus, sae, writer, summary } = await run();
    const dense = await denseActivations(corpus, sae);
    expect(writer.features.map((f) => f.index)).toEqual(range(D_SAE));
    let live = 0;
    for (const record of writer.features) {
      const firings = firingsOf(dense, record.index);
      const stats = statsOf(firings);
      if (stats.count > 0) live++;
      expect(record.firingCount).toBe(stats.count);
      expect(record.maxActivation).toBe(stats.max);
      expect(record.meanActivation).toBeCloseTo(stats.mean, 6);
      expect(record.histogram).toEqual(histogramOf(firings));
      expect(record.topTokens.map((t) => [t.tokenId, t.count])).toEqual(
        tokenStatsOf(firings)
          .slice(0, 10)
          .map((t) => [t.tokenId, t.count]),
      );
      expect(record.examples.filter((e) => e.group === "top")).toEqual(
        topContextsOf(dense, record.index, 20),
      );
      const decoder = sae.W_dec.subarray(
        record.index * D_IN,
        (record.index + 1) * D_IN,
      );
      const effects = logitEffectsOf(decoder, lnFinalWeight, W_U);
      const largest = effects.reduce((a, b) => Math.max(a, b));
      expect(record.positiveLogits).toHaveLength(10);
      expect(record.negativeLogits).toHaveLength(10);
      expect(record.positiveLogits[0]!.value).toBeCloseTo(largest, 4);
      const { counts, min, binWidth } = record.logitHistogram;
      expect(counts.reduce((a, b) => a + b)).toBe(effects.length);
      expect(min + counts.length * binWidth).toBeGreaterThanOrEqual(largest);
      expect(min + (counts.length - 1) * binWidth).toBeLessThanOrEqual(largest);
      expect(record.neighbours).toHaveLength(D_SAE - 1);
      expect(record.places).toEqual(placesOfFirings(firings, corpus));
      expect(record.sample.values.length).toBe(Math.min(100, stats.count));
      expect(record.encoderDecoderCosine).toBeCloseTo(
        cosineOf(
          sae.W_enc.subarray(record.index * D_IN, (record.index + 1) * D_IN),
          decoder,
        ),
        9,
      );
    }
    expect(live).toBeGreaterThan(D_SAE / 2);
    expect(writer.atlas!.positions).toHaveLength(2 * D_SAE);
    expect(writer.atlas!.positions.some(Number.isNaN)).toBe(live < D_SAE);
    expect(summary).toMatchObject({
      tokens: corpus.tokens.filter((token) => token !== 50256).length,
      sequences: corpus.sequences,
      documents: corpus.documents.length,
      features: D_SAE,
      liveFeatures: live,
      examples: writer.features.reduce((n, f) => n + f.examples.length, 0),
      firings: writer.features.reduce((n, f) => n + f.firingCount, 0),
    });
  });

  test("neither the batch size nor a second run changes anything", async () => {
    const { writer: a } = await run({ batchSize: 16 });
    const { writer: b } = await run({ batchSize: 16 });
    const { writer: c } = await run({ batchSize: 5 });
    expect(b.features).toEqual(a.features);
    expect(c.features).toEqual(a.features);
  });

  test("the sequences read, their documents and segments are written", async () => {
    const corpus = packed(2);
    const sequences = Uint32Array.of(0, 1, 7, 30, 31, 32);
    const { writer, summary } = await run({ corpus, sequences });
    expect([...writer.sequences.keys()]).toEqual([...sequences]);
    for (const [row, tokens] of writer.sequences) {
      expect(tokens).toEqual(corpus.tokens.slice(row * 24, (row + 1) * 24));
    }
    expect(writer.segments.map((s) => s.sequence)).toEqual([...sequences]);
    expect(writer.documents.map((d) => d.id)).toEqual([0, 2, 10]);
    expect(summary.sequences).toBe(6);
    const shown = writer.features.flatMap((f) => f.examples);
    expect(shown.length).toBeGreaterThan(0);
    for (const example of shown) {
      expect(sequences).toContain(example.sequence);
    }
  });

  test("progress counts tokens, then features, up to all of them", async () => {
    const seen: { step: string; done: number; total: number }[] = [];
    const { summary } = await run({
      batchSize: 25,
      onProgress: (progress) => seen.push(progress),
    });
    const total = summary.tokens;
    expect(seen.map(({ step }) => step)).toEqual([
      "tokens",
      "tokens",
      "tokens",
      "features",
    ]);
    expect(seen[0]!.done).toBeGreaterThan(0);
    expect(seen[1]!.done).toBeGreaterThan(seen[0]!.done);
    expect(seen[2]).toEqual({ step: "tokens", done: total, total });
    expect(seen[3]).toEqual({ step: "features", done: D_SAE, total: D_SAE });
  });

  test("an abort stops it with the signal's reason and waits for the engine", async () => {
    const controller = new AbortController();
    const reason = new Error("stopped by the user");
    let underWay = 0;
    const aborted = run({
      batchSize: 4,
      signal: controller.signal,
      residual: async (tokens) => {
        underWay++;
        const x = await residual(tokens);
        await new Promise((resolve) => setTimeout(resolve, 5));
        underWay--;
        return x;
      },
      onProgress: ({ done }) => {
        if (done >= 100) controller.abort(reason);
      },
    });
    await expect(aborted).rejects.toBe(reason);
    expect(underWay).toBe(0);
  });

  test("a failing engine's error reaches the caller", async () => {
    const failing = run({
      residual: () => Promise.reject(new Error("out of memory")),
    });
    await expect(failing).rejects.toThrow("out of memory");
  });

  test("a senseless amount to keep is refused", async () => {
    await expect(run({ keep: { top: 0 } })).rejects.toThrow(
      "top must be a whole number from 1 to 1000, not 0.",
    );
  });
});

describe("choosing sequences", () => {
  test("takes all of a small corpus and spreads evenly over a large one", () => {
    const corpus = packed(3);
    expect([...selectSequences(corpus)]).toEqual(range(60));
    expect([...selectSequences(corpus, 1e9)]).toEqual(range(60));
    const tokens = corpus.tokens.filter((token) => token !== 50256).length;
    const some = selectSequences(corpus, tokens / 3);
    expect([...some]).toEqual(range(20).map((i) => 3 * i));
  });

  test("refuses an empty corpus and a senseless number of tokens", () => {
    const empty = { ...packed(4), sequences: 0, tokens: new Uint16Array(0) };
    expect(() => selectSequences(empty)).toThrow(
      "The corpus small holds no tokens to index",
    );
    expect(() => selectSequences(packed(4), 0)).toThrow(
      "must be at least 1, not 0",
    );
    expect(() => selectSequences(packed(4), NaN)).toThrow("not NaN");
  });
});
