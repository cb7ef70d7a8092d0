import { describe, expect, it } from "vitest";
import { accuracyInterval, labelScore, type Marks } from "#lib/label-score";
import { Rng } from "#lib/random";

const marks = (
  hits: number,
  misses: number,
  falseAlarms: number,
  rejections: number,
): Marks => ({ hits, misses, falseAlarms, rejections });

/** An integer beta distribution is that of an order statistic. */
function drawBeta(rng: Rng, a: number, b: number): number {
  const uniforms = Array.from({ length: a + b - 1 }, () => rng.uniform());
  return uniforms.sort((x, y) => x - y)[a - 1]!;
}

describe("the interval of the balanced accuracy", () => {
  it("is that of a triangle where nothing was asked", () => {
    const [lower, upper] = accuracyInterval(marks(0, 0, 0, 0));
    // F(x) = 2x² up to one half.
    expect(lower).toBeCloseTo(Math.sqrt(0.025 / 2), 4);
    expect(upper).toBeCloseTo(1 - Math.sqrt(0.025 / 2), 4);
  });

  it("is what integration by hand gives after one hit", () => {
    const [lower, upper] = accuracyInterval(marks(1, 0, 0, 0));
    // P(S + T ≤ z) = z³/3 for z ≤ 1; P(S + T > 1 + u) = 2/3 − u + u³/3.
    expect(lower).toBeCloseTo(0.075 ** (1 / 3) / 2, 4);
    expect(upper).toBeCloseTo(1.83742 / 2, 4);
  });

  it.each([
    marks(5, 0, 0, 5),
    marks(4, 1, 2, 3),
    marks(0, 5, 1, 4),
    marks(17, 3, 9, 11),
  ])("agrees with draws from the posterior: %o", (given) => {
    const rng = new Rng(3);
    const draws = Array.from({ length: 60_000 }, () => {
      const s = drawBeta(rng, given.hits + 1, given.misses + 1);
      const t = drawBeta(rng, given.rejections + 1, given.falseAlarms + 1);
      return (s + t) / 2;
    }).sort((a, b) => a - b);
    const [lower, upper] = accuracyInterval(given);
    expect(Math.abs(lower - draws[1500]!)).toBeLessThan(0.006);
    expect(Math.abs(upper - draws[58_500]!)).toBeLessThan(0.006);
  });

  it("comes near a normal one with many answers", () => {
    const [lower, upper] = accuracyInterval(marks(800, 200, 200, 800));
    const deviation = Math.sqrt((2 * 0.8 * 0.2) / 1000) / 2;
    expect(lower).toBeCloseTo(0.8 - 1.96 * deviation, 2.5);
    expect(upper).toBeCloseTo(0.8 + 1.96 * deviation, 2.5);
    expect(upper - lower).toBeCloseTo(2 * 1.96 * deviation, 3);
  });

  it("turns over with the answers", () => {
    const [lower, upper] = accuracyInterval(marks(7, 3, 1, 9));
    const [low, high] = accuracyInterval(marks(3, 7, 9, 1));
    expect(low).toBeCloseTo(1 - upper, 4);
    expect(high).toBeCloseTo(1 - lower, 4);
  });
});

describe("a label's score", () => {
  it("weighs firing and silent contexts alike, however many there are", () => {
    expect(labelScore(marks(9, 1, 5, 5))!.accuracy).toBe(0.7);
    expect(labelScore(marks(90, 10, 5, 5))!.accuracy).toBe(0.7);
  });

  it("holds what was seen, also where all was right or wrong", () => {
    expect(labelScore(marks(5, 0, 0, 5))).toMatchObject({
      accuracy: 1,
      upper: 1,
    });
    expect(labelScore(marks(0, 5, 5, 0))).toMatchObject({
      accuracy: 0,
      lower: 0,
    });
  });

  it("narrows with every quiz that is answered alike", () => {
    const widths = [1, 2, 4, 8, 16].map((n) => {
      const { lower, upper } = labelScore(marks(4 * n, n, n, 4 * n))!;
      return upper - lower;
    });
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
  });

  it("is none where a kind of context was never asked about", () => {
    expect(labelScore(marks(0, 0, 1, 4))).toBeUndefined();
    expect(labelScore(marks(3, 2, 0, 0))).toBeUndefined();
  });
});
