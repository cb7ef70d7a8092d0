import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "#lib/errors";
import { ShufflePlan } from "#lib/sae/shuffle-plan";

const source = (rows: number[]) => ({
  sequences: rows.length,
  rowsOf: (i: number) => rows[i]!,
});

const config = {
  batchSize: 8,
  bufferTokens: 40,
  epochs: 1,
  maxTokens: null,
  seed: 1,
};

describe("the shuffle plan", () => {
  it("uses every sequence once an epoch and deals every row of a window once", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 7 }), {
          minLength: 20,
          maxLength: 90,
        }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer(),
        (rows, epochs, seed) => {
          fc.pre(rows.reduce((a, b) => a + b, 0) >= config.batchSize);
          const plan = new ShufflePlan(
            { ...config, epochs, seed },
            source(rows),
          );
          let steps = 0;
          for (const window of plan.windows) {
            expect(window.firstStep).toBe(steps);
            steps += window.batches;
            const held = window.sequences.reduce((n, s) => n + rows[s]!, 0);
            expect(window.rows).toBe(held);
            // Less than one sequence is left over, or it is an epoch's end.
            expect(window.batches).toBe(Math.floor(held / config.batchSize));
            const order = Array.from(plan.rowOrder(window));
            expect(order.toSorted((a, b) => a - b)).toEqual(
              Array.from({ length: held }, (_, i) => i),
            );
          }
          expect(plan.steps).toBe(steps);
          const used = plan.windows.flatMap((w) => Array.from(w.sequences));
          const visits = new Map<number, number>();
          for (const s of used) visits.set(s, (visits.get(s) ?? 0) + 1);
          for (const count of visits.values()) {
            expect(count).toBeLessThanOrEqual(epochs);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it("is the same for the same seed and another for another", () => {
    const rows = new Array<number>(50).fill(5);
    const order = (seed: number) =>
      new ShufflePlan({ ...config, seed }, source(rows)).windows.map((w) =>
        Array.from(w.sequences),
      );
    expect(order(4)).toEqual(order(4));
    expect(order(4)).not.toEqual(order(5));
  });

  it("orders each epoch anew", () => {
    const rows = new Array<number>(8).fill(5);
    const plan = new ShufflePlan({ ...config, epochs: 2 }, source(rows));
    expect(plan.windows).toHaveLength(2);
    expect(plan.windows[0]!.sequences).not.toEqual(plan.windows[1]!.sequences);
  });

  it("stops at the token limit, in whole batches", () => {
    const rows = new Array<number>(100).fill(5);
    const plan = new ShufflePlan({ ...config, maxTokens: 30 }, source(rows));
    expect(plan.steps).toBe(3);
  });

  it("finds the window of any step", () => {
    const plan = new ShufflePlan(config, source(new Array<number>(60).fill(5)));
    for (let step = 0; step < plan.steps; step++) {
      const window = plan.windowOf(step)!;
      expect(step).toBeGreaterThanOrEqual(window.firstStep);
      expect(step).toBeLessThan(window.firstStep + window.batches);
    }
    expect(plan.windowOf(plan.steps)).toBeUndefined();
  });

  it("refuses a text that does not fill one batch", () => {
    expect(() => new ShufflePlan(config, source([3, 4]))).toThrow(AppError);
  });
});
