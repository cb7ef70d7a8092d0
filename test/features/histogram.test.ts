import { describe, expect, test } from "vitest";
import { firingsOf, histogramOf } from "#test/reference/feature-index";
import { makeCorpus, range, streamCorpus } from "./small-corpus";

describe("the activation histogram", () => {
  test.each([1, 2, 3])(
    "equals a histogram of all values made afterwards (seed %i)",
    (seed) => {
      const corpus = makeCorpus(seed);
      const { histogram } = streamCorpus(corpus);
      for (const f of range(corpus.dSae)) {
        expect(histogram.record(f)).toEqual(histogramOf(firingsOf(corpus, f)));
      }
    },
  );

  test("its counts sum to the firing count and its last bin holds the maximum", () => {
    const corpus = makeCorpus(6);
    const { histogram, stats } = streamCorpus(corpus);
    for (const f of range(corpus.dSae).slice(1)) {
      const { binWidth, counts } = histogram.record(f);
      expect(counts.reduce((a, b) => a + b, 0)).toBe(stats.count(f));
      if (counts.length === 0) continue;
      expect(counts.length).toBeGreaterThan(32);
      expect(counts.length).toBeLessThanOrEqual(64);
      expect(stats.max(f)).toBeLessThanOrEqual(counts.length * binWidth);
      expect(stats.max(f)).toBeGreaterThan((counts.length - 1) * binWidth);
    }
  });

  test("does not depend on the order of the sequences", () => {
    const corpus = makeCorpus(7);
    const forwards = streamCorpus(corpus).histogram;
    const backwards = streamCorpus(corpus, {
      order: range(corpus.sequences).reverse(),
    }).histogram;
    for (const f of range(corpus.dSae)) {
      expect(backwards.record(f)).toEqual(forwards.record(f));
    }
  });

  test("a feature that never fired has no bins", () => {
    const { histogram } = streamCorpus(makeCorpus(8));
    expect(histogram.record(0)).toEqual({ binWidth: 0, counts: [] });
  });
});
