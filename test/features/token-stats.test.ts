import { describe, expect, test } from "vitest";
import type { SparseCode } from "#lib/compute/index";
import { SequenceFirings } from "#lib/features/sequence-firings";
import { TOKEN_CAPACITY, TokenStats } from "#lib/features/token-stats";
import { firingsOf, tokenStatsOf } from "#test/reference/feature-index";
import { makeCorpus, range, streamCorpus } from "./small-corpus";

describe("token statistics", () => {
  test.each([1, 2, 3])(
    "are exact while a feature fires on few different tokens (seed %i)",
    (seed) => {
      const corpus = makeCorpus(seed, { vocabulary: 90 });
      const { tokenStats } = streamCorpus(corpus);
      for (const f of range(corpus.dSae)) {
        const expected = tokenStatsOf(firingsOf(corpus, f));
        const actual = tokenStats.records(f, 1000);
        expect(actual.map(({ tokenId, count }) => [tokenId, count])).toEqual(
          expected.map(({ tokenId, count }) => [tokenId, count]),
        );
        actual.forEach(({ mean }, i) => {
          expect(mean).toBeCloseTo(expected[i]!.mean, 6);
        });
      }
    },
  );

  test("keep their promise when there are many more tokens than places", () => {
    const corpus = makeCorpus(4, {
      sequences: 400,
      contextSize: 64,
      dSae: 4,
      vocabulary: 4001,
    });
    // A frequent token in all the noise, a twentieth of the text.
    corpus.tokens.forEach((token, row) => {
      if (token !== 50256 && row % 20 === 3) corpus.tokens[row] = 4001;
    });
    const { tokenStats, stats } = streamCorpus(corpus);
    const f = 3;
    const slack = stats.count(f) / (TOKEN_CAPACITY / 2);
    const expected = tokenStatsOf(firingsOf(corpus, f));
    expect(expected.length).toBeGreaterThan(10 * TOKEN_CAPACITY);
    const actual = tokenStats.records(f, 1000);
    expect(actual.length).toBeLessThanOrEqual(TOKEN_CAPACITY);
    expect(actual[0]!.tokenId).toBe(4001);
    const counts = new Map(
      actual.map(({ tokenId, count }) => [tokenId, count]),
    );
    for (const { tokenId, count } of expected) {
      const held = counts.get(tokenId) ?? 0;
      expect(held).toBeLessThanOrEqual(count);
      expect(held).toBeGreaterThanOrEqual(count - slack);
    }
  });

  test("keep it against a stream made to push one token out again and again", () => {
    // 47 heavy tokens, then rounds in which the victim (450 times) shares the
    // table with one stronger newcomer and enough rare tokens to overflow it.
    const stream: number[] = [];
    const push = (token: number, times: number) => {
      for (let i = 0; i < times; i++) stream.push(token);
    };
    const victim = 1;
    for (const i of range(47)) push(100 + i, 501 + i);
    for (const round of range(10)) {
      push(victim, 450);
      push(200 + round, 500);
      for (const i of range(48)) push(1000 + 48 * round + i, 1);
    }
    const group = new SequenceFirings(1);
    group.load(0, Uint16Array.from(stream), oneFeature(stream.length), 0);
    const tokenStats = new TokenStats(1);
    tokenStats.add(0, group, 0, stream.length);
    const held = tokenStats
      .records(0, 1000)
      .find(({ tokenId }) => tokenId === victim);
    const slack = stream.length / (TOKEN_CAPACITY / 2);
    expect(held!.count).toBeGreaterThanOrEqual(4500 - slack);
    expect(held!.count).toBeLessThanOrEqual(4500);
    expect(held!.mean).toBe(1);
  });

  test("show no more than was asked for, most frequent first", () => {
    const corpus = makeCorpus(5);
    const { tokenStats } = streamCorpus(corpus);
    const all = tokenStats.records(corpus.dSae - 1, 1000);
    expect(tokenStats.records(corpus.dSae - 1, 3)).toEqual(all.slice(0, 3));
    expect(all.map((r) => r.count)).toEqual(
      all.map((r) => r.count).sort((a, b) => b - a),
    );
  });
});

/** Feature 0 fires with activation 1 on every token. */
function oneFeature(rows: number): SparseCode {
  return {
    rows,
    rowPtr: Uint32Array.from(range(rows + 1)),
    indices: new Uint32Array(rows),
    values: new Float32Array(rows).fill(1),
  };
}
