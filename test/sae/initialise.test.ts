import { describe, expect, it } from "vitest";
import { Rng } from "#lib/random";
import {
  geometricMedian,
  meanOf,
  normalisingScale,
  randomUnitRows,
  thresholdForL0,
} from "#lib/sae/initialise";
import { learningRate, nextLevel, sparsityOf } from "#lib/sae/schedule";
import { expectClose } from "#test/tolerance";

describe("the geometric median", () => {
  it("is where the summed distance is least", () => {
    const rng = new Rng(2);
    const d = 3;
    const rows = 41;
    const x = Float32Array.from({ length: rows * d }, () => rng.normal() ** 3);
    const median = geometricMedian(x, rows, d);
    const cost = (point: ArrayLike<number>) => {
      let sum = 0;
      for (let r = 0; r < rows; r++) {
        let square = 0;
        for (let c = 0; c < d; c++) square += (x[r * d + c]! - point[c]!) ** 2;
        sum += Math.sqrt(square);
      }
      return sum;
    };
    const least = cost(median);
    for (let c = 0; c < d; c++) {
      for (const step of [-0.01, 0.01]) {
        const beside = Array.from(median);
        beside[c]! += step;
        expect(cost(beside)).toBeGreaterThan(least);
      }
    }
    expect(least).toBeLessThan(cost(meanOf(x, rows, d)));
  });

  it("does not divide by zero when a row is the median itself", () => {
    const x = Float32Array.of(0, 0, 1, 0, -1, 0, 0, 1, 0, -1);
    expectClose(geometricMedian(x, 5, 2), [0, 0], 1e-9, 1);
  });
});

describe("the normalising scale", () => {
  it("brings the mean distance from the mean to √d, whatever the mean", () => {
    const rng = new Rng(4);
    const d = 16;
    const rows = 200;
    const x = Float32Array.from(
      { length: rows * d },
      () => 3 * rng.normal() + 100,
    );
    const scaled = x.map((v) => v * normalisingScale(x, rows, d));
    const mean = meanOf(scaled, rows, d);
    let distance = 0;
    for (let r = 0; r < rows; r++) {
      let square = 0;
      for (let c = 0; c < d; c++)
        square += (scaled[r * d + c]! - mean[c]!) ** 2;
      distance += Math.sqrt(square) / rows;
    }
    expect(distance).toBeCloseTo(Math.sqrt(d), 3);
  });

  it("is 1 for constant data", () => {
    expect(normalisingScale(new Float32Array(8).fill(5), 4, 2)).toBe(1);
  });
});

describe("random unit rows", () => {
  it("have unit norm and no common direction", () => {
    const w = new Float32Array(500 * 24);
    randomUnitRows(w, 500, 24, new Rng(1));
    for (let r = 0; r < 500; r++) {
      expect(Math.hypot(...w.subarray(r * 24, (r + 1) * 24))).toBeCloseTo(1, 5);
    }
    expect(Math.hypot(...meanOf(w, 500, 24))).toBeLessThan(0.1);
  });
});

describe("the schedules", () => {
  const config = { lr: 2, lrWarmupSteps: 4, lrDecayFraction: 0.5 };

  it("warm up, hold and decay", () => {
    const rates = Array.from({ length: 10 }, (_, s) =>
      learningRate(config, s, 10),
    );
    expect(rates).toEqual([0.5, 1, 1.5, 2, 2, 2, 1.6, 1.2, 0.8, 0.4]);
  });

  it("are constant without warm-up and decay", () => {
    const plain = { lr: 2, lrWarmupSteps: 0, lrDecayFraction: 0 };
    expect(learningRate(plain, 0, 10)).toBe(2);
    expect(learningRate(plain, 9, 10)).toBe(2);
  });

  it("ramp λ up", () => {
    const config = { sparsityWarmupSteps: 4, targetL0: null };
    const control = { level: 2, l0: 50 };
    expect([0, 1, 3, 9].map((s) => sparsityOf(config, control, s))).toEqual([
      0.5, 1, 2, 2,
    ]);
  });

  it("raise λ while too many latents are active, lower it while too few", () => {
    const config = { targetL0: 32, sparsityWarmupSteps: 10 };
    expect(nextLevel(config, 1, 64, 20)).toBeGreaterThan(1);
    expect(nextLevel(config, 1, 16, 20)).toBeLessThan(1);
    expect(nextLevel(config, 1, 32, 20)).toBe(1);
    expect(nextLevel(config, 1, 0, 20)).toBeGreaterThan(0.9);
    // L0 says nothing about λ during its warm-up, and nothing is aimed at here.
    expect(nextLevel(config, 1, 64, 5)).toBe(1);
    expect(nextLevel({ ...config, targetL0: null }, 1, 64, 20)).toBe(1);
    // At once, too: λ is four times its level at twice the target.
    expect(sparsityOf(config, { level: 3, l0: 64 }, 20)).toBeCloseTo(12);
    expect(sparsityOf(config, { level: 3, l0: 32 }, 20)).toBe(3);
    expect(sparsityOf(config, { level: 3, l0: null }, 20)).toBe(3);
  });
});

describe("the level that gives an initial L0", () => {
  it("is exceeded by random directions as often as asked", () => {
    const rng = new Rng(4);
    const d = 32;
    const rows = 400;
    const x = Float32Array.from(
      { length: rows * d },
      (_, i) => 3 + rng.normal() * (1 + (i % 3)),
    );
    const centre = meanOf(x, rows, d);
    const level = thresholdForL0(x, rows, centre, 0.05);
    const latents = 500;
    const w = new Float32Array(latents * d);
    randomUnitRows(w, latents, d, rng);
    let above = 0;
    for (let r = 0; r < rows; r++) {
      for (let i = 0; i < latents; i++) {
        let z = 0;
        for (let c = 0; c < d; c++) {
          z += (x[r * d + c]! - centre[c]!) * w[i * d + c]!;
        }
        if (z > level) above++;
      }
    }
    const share = above / (rows * latents);
    expect(share).toBeGreaterThan(0.04);
    expect(share).toBeLessThan(0.06);
  });
});
