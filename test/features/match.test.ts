import { describe, expect, test } from "vitest";
import { isMutual, matchDictionaries } from "#lib/features/index";
import { pairCosines, summariseSide } from "#lib/features/index";
import { Rng } from "#lib/random";
import { cosineOf } from "#test/reference/feature-index";
import { range } from "./small-corpus";

const D = 24;

function random(seed: number, rows: number): Float32Array {
  const rng = new Rng(seed);
  return Float32Array.from({ length: rows * D }, () => rng.normal());
}

const row = (matrix: Float32Array, i: number) =>
  matrix.subarray(i * D, (i + 1) * D);

describe("matching two dictionaries", () => {
  test("finds for every row the nearest of the float64 oracle, both ways", async () => {
    // More rows than one block of the product holds.
    const a = random(1, 300);
    const b = random(2, 70);
    const match = await matchDictionaries(a, b, D);
    for (const [x, y, best, cosine] of [
      [a, b, match.bestOfA, match.cosineOfA],
      [b, a, match.bestOfB, match.cosineOfB],
    ] as const) {
      expect(best).toHaveLength(x.length / D);
      for (const i of range(best.length)) {
        const cosines = range(y.length / D).map((j) =>
          cosineOf(row(x, i), row(y, j)),
        );
        const nearest = cosines.indexOf(Math.max(...cosines));
        expect(best[i]).toBe(nearest);
        expect(Math.abs(cosine[i]! - cosines[nearest]!)).toBeLessThan(1e-6);
      }
    }
  });

  test("undoes a permutation, whatever the rows' lengths and some noise", async () => {
    const a = random(3, 128);
    const noise = random(4, 128);
    const order = new Rng(5).permutation(128);
    const b = new Float32Array(a.length);
    order.forEach((from, to) => {
      for (let j = 0; j < D; j++) {
        b[to * D + j] =
          (1 + to) * (a[from * D + j]! + 0.05 * noise[to * D + j]!);
      }
    });
    const match = await matchDictionaries(a, b, D);
    expect([...match.bestOfB]).toEqual([...order]);
    for (const i of range(128)) {
      expect(isMutual(match, i)).toBe(true);
      expect(match.cosineOfA[i]).toBeGreaterThan(0.98);
    }
  });

  test("of equal rows takes the first, and a row of norm 0 is like nothing", async () => {
    const a = random(6, 3);
    const b = new Float32Array(3 * D);
    b.set(row(a, 1), 0);
    b.set(row(a, 1), D);
    // Row 2 of b is 0.
    const match = await matchDictionaries(a, b, D);
    expect(match.bestOfA[1]).toBe(0);
    expect(match.cosineOfA[1]).toBeCloseTo(1, 6);
    expect([...match.bestOfB.subarray(0, 2)]).toEqual([1, 1]);
    expect(isMutual(match, 1)).toBe(true);
    expect(match.cosineOfB[2]).toBe(0);
  });

  test("reports progress to the end and can be stopped", async () => {
    const a = random(7, 300);
    const seen: number[] = [];
    await matchDictionaries(a, a, D, { onProgress: (done) => seen.push(done) });
    expect(seen.at(-1)).toBe(600);
    expect(seen).toEqual(seen.toSorted((x, y) => x - y));
    const stop = new AbortController();
    await expect(
      matchDictionaries(a, a, D, {
        signal: stop.signal,
        onProgress: () => {
          stop.abort();
        },
      }),
    ).rejects.toThrow(/abort/i);
  });
});

describe("a match's figures", () => {
  test("count each feature once in the histogram and at every threshold it reaches", () => {
    const cosines = [1, 0.7, 0.7, 0.699, 0.02, 0, -0.3];
    const mutual = [true, true, false, true, false, false, false];
    const features = cosines.map((cosine, i) => ({
      cosine,
      mutual: mutual[i]!,
    }));
    const all = summariseSide(features);
    expect(all.features).toBe(7);
    expect(all.meanCosine).toBeCloseTo(
      cosines.reduce((a, b) => a + b, 0) / 7,
      12,
    );
    expect(all.histogram.reduce((a, b) => a + b, 0)).toBe(7);
    expect(all.histogram[0]).toBe(3);
    expect(all.histogram.at(-1)).toBe(1);
    for (const t of range(101)) {
      const reaching = features.filter((f) => f.cosine >= t / 100);
      expect(all.reaching[t]).toBe(reaching.length);
      expect(all.mutual[t]).toBe(reaching.filter((f) => f.mutual).length);
    }
    const some = summariseSide(features, (feature) => feature < 2);
    expect(some.features).toBe(2);
    expect(some.meanCosine).toBeCloseTo(0.85, 12);
  });

  test("the encoder cosine of each pair is the oracle's", () => {
    const a = random(8, 5);
    const b = random(9, 4);
    b.fill(0, 3 * D);
    const partner = Int32Array.of(2, 0, 3, 1, 1);
    const cosines = pairCosines(a, b, D, partner);
    expect(cosines[2]).toBe(0);
    for (const i of [0, 1, 3, 4]) {
      const oracle = cosineOf(row(a, i), row(b, partner[i]!));
      expect(Math.abs(cosines[i]! - oracle)).toBeLessThan(1e-6);
    }
  });
});
