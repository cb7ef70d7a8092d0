import { describe, expect, test } from "vitest";
import { CoFirings } from "#lib/features/co-firings";
import { coFiringOf } from "#test/reference/feature-index";
import { makeCorpus, range, sparseRows } from "./small-corpus";

function stream(seed: number, limits?: { entries: number; pairs: number }) {
  const corpus = makeCorpus(seed);
  const { contextSize, sequences, dSae } = corpus;
  const coFirings = new CoFirings(dSae, limits);
  for (const s of range(sequences)) {
    const from = s * contextSize;
    const text = corpus.tokens.subarray(from, from + contextSize);
    coFirings.add(text, sparseRows(corpus, [s]), 0);
  }
  coFirings.close();
  return { corpus, coFirings };
}

describe("co-firing features", () => {
  test.each([1, 2])("agree with the dense oracle (seed %i)", (seed) => {
    const { corpus, coFirings } = stream(seed);
    const text = corpus.tokens.filter((token) => token !== 50256).length;
    for (const f of range(corpus.dSae)) {
      const record = coFirings.record(f, corpus.dSae);
      expect(record.tokens).toBe(text);
      const expected = range(corpus.dSae)
        .filter((other) => other !== f)
        .map((feature) => ({ feature, ...coFiringOf(corpus, f, feature) }))
        .filter((e) => e.count > 0 && e.correlation > 1e-9);
      expect(record.features.map((e) => e.feature).sort()).toEqual(
        expected.map((e) => e.feature).sort(),
      );
      for (const { feature, count, correlation } of record.features) {
        const oracle = expected.find((e) => e.feature === feature)!;
        expect(count).toBe(oracle.count);
        expect(correlation).toBeCloseTo(oracle.correlation, 9);
      }
      const ranks = record.features.map((e) => e.correlation);
      expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
    }
  });

  test("of a text too long to hold, every so many tokens are counted", () => {
    const { corpus, coFirings: all } = stream(3);
    const { coFirings: some } = stream(3, { entries: 300, pairs: 1e9 });
    const { coFirings: few } = stream(3, { entries: 1e9, pairs: 500 });
    for (const held of [some, few]) {
      const ratio = all.tokens / held.tokens;
      expect(ratio).toBeGreaterThan(1.9);
      // A power of two, but for the ragged end.
      expect(
        Math.abs(Math.log2(ratio) - Math.round(Math.log2(ratio))),
      ).toBeLessThan(0.1);
      const record = held.record(corpus.dSae - 1, 3);
      // The feature that is always on.
      expect(record.firings).toBe(record.tokens);
    }
  });
});
