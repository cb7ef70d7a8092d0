import { describe, expect, test } from "vitest";
import { firingRank } from "#lib/features/quantile-sample";
import {
  exampleOf,
  firingsOf,
  quantilesOf,
} from "#test/reference/feature-index";
import { makeCorpus, range, streamCorpus } from "./small-corpus";

const SEED = 11;
const SAMPLE = 40;

describe("quantile samples", () => {
  test.each([1, 2, 3])(
    "draw from the oracle's equal-count groups, with all activations (seed %i)",
    (seed) => {
      const corpus = makeCorpus(seed);
      const { sample } = streamCorpus(corpus, { seed: SEED, sample: SAMPLE });
      for (const f of range(corpus.dSae)) {
        const firings = firingsOf(corpus, f);
        const groups = quantilesOf(firings, SAMPLE, (firing) =>
          firingRank(SEED, f, firing.sequence, firing.position),
        );
        const everything = sample.records(f, SAMPLE, []);
        expect(everything).toEqual(
          groups.flatMap((group, g) =>
            group.map((firing) => exampleOf(g, firing, firings)),
          ),
        );
        const drawn = sample.records(f, 5, []);
        for (const [g, group] of groups.entries()) {
          const mine = drawn.filter((example) => example.group === g);
          expect(mine.length).toBe(Math.min(5, group.length));
          for (const example of mine)
            expect(everything).toContainEqual(example);
        }
      }
    },
  );

  test("never hold a silent token or BOS", () => {
    const corpus = makeCorpus(4);
    const { sample } = streamCorpus(corpus);
    for (const f of range(corpus.dSae)) {
      for (const example of sample.records(f, 5, [])) {
        expect(example.peakValue).toBeGreaterThan(0);
        const row = example.sequence * corpus.contextSize;
        expect(corpus.tokens[row + example.peakPosition]).not.toBe(50256);
      }
    }
  });

  test("do not depend on batches or order, but do on the seed", () => {
    const corpus = makeCorpus(5, { sequences: 150 });
    const a = streamCorpus(corpus, { batch: 1 }).sample;
    const b = streamCorpus(corpus, {
      batch: 50,
      order: range(corpus.sequences).reverse(),
    }).sample;
    const other = streamCorpus(corpus, { seed: 12 }).sample;
    for (const f of range(corpus.dSae)) {
      expect(b.records(f, 5, [])).toEqual(a.records(f, 5, []));
    }
    const last = corpus.dSae - 1;
    expect(other.records(last, 5, [])).not.toEqual(a.records(last, 5, []));
  });

  test("prefer sequences that are shown nowhere else", () => {
    const corpus = makeCorpus(6, { sequences: 300 });
    const pass = streamCorpus(corpus, { sample: 100 });
    const f = corpus.dSae - 2;
    // As if a fifth of the corpus were shown at the top.
    const top = range(60).map((i) => 5 * i);
    const drawn = pass.sample
      .records(f, 5, top)
      .map((example) => example.sequence);
    expect(drawn.length).toBe(25);
    expect(new Set(drawn).size).toBe(25);
    expect(drawn.filter((sequence) => top.includes(sequence))).toEqual([]);
  });

  test("prefer sequences that only a top context shows over one drawn before", () => {
    const corpus = makeCorpus(6, { sequences: 300 });
    const pass = streamCorpus(corpus, { sample: 100 });
    const everything = range(300);
    const drawn = pass.sample.records(corpus.dSae - 2, 5, everything);
    expect(new Set(drawn.map((example) => example.sequence)).size).toBe(25);
  });

  test("fall back to sequences already shown rather than show less", () => {
    const corpus = makeCorpus(7, { sequences: 3 });
    const { sample, stats } = streamCorpus(corpus, { sample: 40 });
    const f = corpus.dSae - 1;
    expect(stats.count(f)).toBeGreaterThan(40);
    expect(sample.records(f, 5, [0, 1, 2])).toHaveLength(25);
  });

  test("every firing is equally likely to be drawn", () => {
    // 1,000 firings of a feature, 100 drawn, for 400 features: each firing is
    // drawn 40 times on average; chi-square over 1,000 cells.
    const firings = 1000;
    const hits = new Float64Array(firings);
    for (const feature of range(400)) {
      const ranks = range(firings).map((i) => ({
        i,
        rank: firingRank(99, feature, Math.floor(i / 100), i % 100),
      }));
      ranks.sort((a, b) => a.rank - b.rank);
      for (const { i } of ranks.slice(0, 100)) hits[i]!++;
    }
    const expected = 40;
    const variance = 400 * 0.1 * 0.9;
    const chiSquare =
      hits.reduce((s, h) => s + (h - expected) ** 2, 0) / variance;
    // Mean 1000, standard deviation 45: four of them either way.
    expect(chiSquare).toBeGreaterThan(820);
    expect(chiSquare).toBeLessThan(1180);
  });
});
