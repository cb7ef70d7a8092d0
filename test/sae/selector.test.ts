import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { onnxEngine } from "#lib/compute/index";
import { Rng } from "#lib/random";
import { GrowingCode } from "#lib/sae/code-buffer";
import { EncoderGraph, type EncoderWeights } from "#lib/sae/encoder-graph";
import { quickSelect } from "#lib/sae/quick-select";
import { Selector } from "#lib/sae/selector";

const D = 8;

let graph: EncoderGraph;
beforeAll(async () => {
  graph = await EncoderGraph.compile(onnxEngine({ threads: 2 }), D);
});
afterAll(() => graph.dispose());

/** Weights and inputs of which some rows have many more positive entries. */
function problem(rows: number, dSae: number, bias: number) {
  const rng = new Rng(7);
  const weights: EncoderWeights = {
    W_enc: Float32Array.from({ length: dSae * D }, () => rng.normal()),
    b_enc: new Float32Array(dSae).fill(bias),
    b_dec: Float32Array.from({ length: D }, () => rng.normal()),
  };
  const x = Float32Array.from(
    { length: rows * D },
    (_, i) => rng.normal() * (Math.floor(i / D) % 50 === 3 ? 9 : 1),
  );
  return { weights, x };
}

/** All (row, latent, z) of the dense product, which the selector must agree with. */
async function dense(weights: EncoderWeights, x: Float32Array, rows: number) {
  const z = await graph.dense(weights, x, rows);
  const dSae = weights.b_enc.length;
  return Array.from(z, (value, at) => ({
    row: Math.floor(at / dSae),
    latent: at % dSae,
    value,
  }));
}

const entriesOf = (code: GrowingCode) =>
  Array.from({ length: code.rows }, (_, row) =>
    Array.from(
      code.indices.subarray(code.rowPtr[row]!, code.rowPtr[row + 1]!),
      (latent, j) => ({
        row,
        latent,
        value: code.values[code.rowPtr[row]! + j]!,
      }),
    ),
  ).flat();

const sameEntries = (
  actual: { row: number; latent: number; value: number }[],
  expected: { row: number; latent: number; value: number }[],
) => {
  expect(actual.map((e) => `${e.row} ${e.latent}`)).toEqual(
    expected.map((e) => `${e.row} ${e.latent}`),
  );
  // The two graphs may sum a product in another order.
  const errors = actual.map((e, i) => Math.abs(e.value - expected[i]!.value));
  expect(errors.reduce((a, b) => Math.max(a, b), 0)).toBeLessThan(1e-4);
};

describe("the selector", () => {
  // Few entries a row; some rows with more than were asked for; half of all.
  it.each([-6, -4, 0])(
    "finds every entry above its limit, in order: bias %d",
    async (bias) => {
      const rows = 1500;
      const dSae = 400;
      const { weights, x } = problem(rows, dSae, bias);
      const limits = Float32Array.from(
        { length: dSae },
        (_, i) => 0.5 + (i % 3),
      );
      const selector = new Selector(graph);
      const expected = (await dense(weights, x, rows)).filter(
        (e) => Math.abs(e.value - limits[e.latent]!) > 1e-4,
      );
      // Again, as the width has followed the data by then.
      for (let pass = 0; pass < 3; pass++) {
        const code = new GrowingCode(rows, 10);
        await selector.above(weights, limits, x, rows, code);
        const clear = entriesOf(code).filter(
          (e) => Math.abs(e.value - limits[e.latent]!) > 1e-4,
        );
        sameEntries(
          clear,
          expected.filter((e) => e.value > limits[e.latent]!),
        );
      }
    },
  );

  it.each([-6, 0])(
    "finds the strongest entries of a whole batch: bias %d",
    async (bias) => {
      const rows = 1500;
      const k = 5;
      const { weights, x } = problem(rows, 400, bias);
      const all = (await dense(weights, x, rows)).filter((e) => e.value > 0);
      const strongest = [...all]
        .sort((a, b) => b.value - a.value)
        .slice(0, k * rows)
        .sort((a, b) => a.row - b.row || a.latent - b.latent);
      const selector = new Selector(graph);
      for (let pass = 0; pass < 2; pass++) {
        const code = new GrowingCode(rows, 10);
        const threshold = await selector.batchTopk(weights, x, rows, k, code);
        expect(code.rowPtr[rows]).toBe(Math.min(k * rows, all.length));
        sameEntries(entriesOf(code), strongest);
        expect(threshold).toBeCloseTo(
          strongest.reduce((least, e) => Math.min(least, e.value), Infinity),
          4,
        );
      }
    },
  );

  it("lets not one more than k through where values are equal", async () => {
    const rows = 10;
    const weights: EncoderWeights = {
      W_enc: new Float32Array(20 * D),
      b_enc: new Float32Array(20).fill(1),
      b_dec: new Float32Array(D),
    };
    const x = new Float32Array(rows * D);
    const selector = new Selector(graph);
    const batch = new GrowingCode(rows, 10);
    await selector.batchTopk(weights, x, rows, 3, batch);
    expect(batch.rowPtr[rows]).toBe(3 * rows);
    const each = new GrowingCode(rows, 10);
    await selector.topk(weights, x, rows, 3, each);
    expect(Array.from(each.rowPtr)).toEqual(
      Array.from({ length: rows + 1 }, (_, row) => 3 * row),
    );
  });

  it("finds lower entries when a batch is weaker than the one before", async () => {
    const rows = 300;
    const { weights, x } = problem(rows, 100, -3);
    const selector = new Selector(graph);
    await selector.batchTopk(weights, x, rows, 4, new GrowingCode(rows, 10));
    const weak = x.map((v, i) => v * 0.3 + weights.b_dec[i % D]! * 0.7);
    const fresh = new GrowingCode(rows, 10);
    await new Selector(graph).batchTopk(weights, weak, rows, 4, fresh);
    const used = new GrowingCode(rows, 10);
    await selector.batchTopk(weights, weak, rows, 4, used);
    expect(entriesOf(used)).toEqual(entriesOf(fresh));
  });

  it("selects nothing where nothing is positive", async () => {
    const rows = 20;
    const { weights, x } = problem(rows, 30, -1e6);
    const selector = new Selector(graph);
    const code = new GrowingCode(rows, 10);
    expect(await selector.batchTopk(weights, x, rows, 2, code)).toBeNull();
    await selector.above(weights, null, x, rows, new GrowingCode(rows, 10));
    expect(code.rowPtr[rows]).toBe(0);
  });
});

describe("quickSelect", () => {
  it("gives what sorting gives", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1 }),
        fc.nat(),
        (values, n) => {
          const rank = n % values.length;
          const sorted = [...values].sort((a, b) => b - a);
          expect(quickSelect(Float32Array.from(values), rank)).toBe(
            sorted[rank],
          );
        },
      ),
    );
  });
});
