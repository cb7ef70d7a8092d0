import { describe, expect, test } from "vitest";
import { firingsOf, momentsOf, statsOf } from "#test/reference/feature-index";
import { makeCorpus, range, streamCorpus } from "./small-corpus";

describe("firing statistics", () => {
  test.each([1, 2, 3])(
    "count and maximum are exact and the mean agrees with the dense oracle (seed %i)",
    (seed) => {
      const corpus = makeCorpus(seed);
      const { stats } = streamCorpus(corpus);
      for (const f of range(corpus.dSae)) {
        const expected = statsOf(firingsOf(corpus, f));
        expect(stats.count(f)).toBe(expected.count);
        expect(stats.max(f)).toBe(expected.max);
        expect(stats.mean(f)).toBeCloseTo(expected.mean, 9);
      }
      expect(stats.count(0)).toBe(0);
      expect(stats.mean(0)).toBe(0);
    },
  );

  test("moments agree with their definitions, also far from zero", () => {
    for (const shift of [0, 1000]) {
      const corpus = makeCorpus(6);
      corpus.activations.forEach((v, i) => {
        if (v > 0) corpus.activations[i] = v + shift;
      });
      const { stats } = streamCorpus(corpus);
      for (const f of range(corpus.dSae)) {
        const expected = momentsOf(firingsOf(corpus, f));
        const moments = stats.moments(f);
        expect(moments.variance).toBeCloseTo(expected.variance, 6);
        if (expected.skewness === null || moments.skewness === null) continue;
        expect(moments.skewness).toBeCloseTo(expected.skewness, 5);
        expect(moments.kurtosis).toBeCloseTo(expected.kurtosis!, 4);
      }
      expect(stats.moments(0)).toEqual({
        variance: 0,
        skewness: null,
        kurtosis: null,
      });
    }
  });

  test("tokens equal to BOS are not counted, wherever they stand", () => {
    const corpus = makeCorpus(4);
    const pass = streamCorpus(corpus);
    const text = corpus.tokens.filter((token) => token !== 50256).length;
    expect(text).toBeLessThan(corpus.sequences * (corpus.contextSize - 1));
    expect(pass.tokens).toBe(text);
    // The last feature is on everywhere in the data, BOS included.
    expect(pass.stats.count(corpus.dSae - 1)).toBe(text);
  });

  test("an activation that is not finite is refused", () => {
    const corpus = makeCorpus(5);
    corpus.activations[corpus.dSae + 1] = Infinity;
    corpus.tokens[1] = 7;
    expect(() => streamCorpus(corpus)).toThrow(
      "Feature 1 has the activation Infinity at token 1 of sequence 0",
    );
  });
});
