import { describe, expect, test } from "vitest";
import { LogitEffects } from "#lib/features/logit-effects";
import { encoderDecoderCosines, Neighbours } from "#lib/features/neighbours";
import { ProductTopK } from "#lib/features/product-top-k";
import { Rng } from "#lib/random";
import { cosineOf, logitEffectsOf } from "#test/reference/feature-index";
import { range } from "./small-corpus";

const D = 16;

function random(seed: number, length: number): Float32Array {
  const rng = new Rng(seed);
  return Float32Array.from({ length }, () => rng.normal());
}

function row(matrix: Float32Array, i: number): Float32Array {
  return matrix.subarray(i * D, (i + 1) * D);
}

describe("logit effects", () => {
  test("are the ten largest and smallest of the float64 oracle", async () => {
    const W_U = random(1, 300 * D);
    const lnFinalWeight = random(2, D);
    const decoder = random(3, 7 * D);
    const effects = await LogitEffects.create({ W_U, lnFinalWeight }, 10);
    const block = await effects.block(decoder, 7);
    await effects.dispose();
    for (const f of range(7)) {
      const oracle = logitEffectsOf(row(decoder, f), lnFinalWeight, W_U);
      const ranked = range(300).sort((a, b) => oracle[b]! - oracle[a]!);
      const { positive, negative } = block[f]!;
      expect(positive.map((r) => r.tokenId)).toEqual(ranked.slice(0, 10));
      expect(negative.map((r) => r.tokenId)).toEqual(
        ranked.reverse().slice(0, 10),
      );
      for (const { tokenId, value } of [...positive, ...negative]) {
        expect(Math.abs(value - oracle[tokenId]!)).toBeLessThan(1e-4);
      }
    }
  });

  test("do not see a constant added to a decoder row, as LayerNorm does not", async () => {
    const W_U = random(4, 50 * D);
    const lnFinalWeight = random(5, D);
    const decoder = random(6, D);
    const shifted = decoder.map((x) => x + 3);
    const effects = await LogitEffects.create({ W_U, lnFinalWeight }, 5);
    const [a] = await effects.block(decoder, 1);
    const [b] = await effects.block(shifted, 1);
    await effects.dispose();
    expect(b!.positive.map((r) => r.tokenId)).toEqual(
      a!.positive.map((r) => r.tokenId),
    );
    expect(b!.positive[0]!.value).toBeCloseTo(a!.positive[0]!.value, 4);
  });

  test("show the whole vocabulary when it is smaller than the list", async () => {
    const effects = await LogitEffects.create(
      { W_U: random(7, 4 * D), lnFinalWeight: random(8, D) },
      10,
    );
    const [effect] = await effects.block(random(9, D), 1);
    await effects.dispose();
    expect(effect!.positive).toHaveLength(4);
  });
});

describe("neighbours", () => {
  test("are the nearest by decoder cosine, the feature itself left out", async () => {
    const decoder = random(10, 40 * D);
    const neighbours = await Neighbours.create(decoder, D, 10);
    // In two blocks, the second not starting at zero.
    const all = [
      ...(await neighbours.block(0, 25)),
      ...(await neighbours.block(25, 15)),
    ];
    await neighbours.dispose();
    for (const f of range(40)) {
      const cosine = (g: number) => cosineOf(row(decoder, f), row(decoder, g));
      const ranked = range(40)
        .filter((g) => g !== f)
        .sort((a, b) => cosine(b) - cosine(a));
      expect(all[f]!.map((n) => n.feature)).toEqual(ranked.slice(0, 10));
      for (const n of all[f]!) {
        expect(Math.abs(n.cosine - cosine(n.feature))).toBeLessThan(5.5e-6);
      }
    }
  });

  test("leave the feature out and keep the list full when many are parallel", async () => {
    const one = random(11, D);
    const decoder = Float32Array.from(range(8).flatMap(() => Array.from(one)));
    const neighbours = await Neighbours.create(decoder, D, 3);
    const block = await neighbours.block(0, 8);
    await neighbours.dispose();
    for (const f of range(8)) {
      expect(block[f]).toHaveLength(3);
      expect(block[f]!.map((n) => n.feature)).not.toContain(f);
      for (const n of block[f]!) {
        expect(n.cosine).toBeLessThanOrEqual(1);
        expect(n.cosine).toBeCloseTo(1, 6);
      }
    }
  });

  test("a zero decoder row has cosine 0, not NaN", async () => {
    const decoder = random(12, 4 * D);
    decoder.fill(0, 0, D);
    const neighbours = await Neighbours.create(decoder, D, 3);
    const [first] = await neighbours.block(0, 1);
    await neighbours.dispose();
    expect(first!.map((n) => n.cosine)).toEqual([0, 0, 0]);
  });

  test("encoder–decoder cosines agree with the oracle", () => {
    const encoder = random(13, 5 * D);
    const decoder = random(14, 5 * D);
    encoder.fill(0, 0, D);
    const cosines = encoderDecoderCosines(encoder, decoder, D);
    for (const f of range(5)) {
      expect(cosines[f]).toBeCloseTo(
        cosineOf(row(encoder, f), row(decoder, f)),
        12,
      );
    }
    expect(cosines[0]).toBe(0);
  });
});

test("a product's block stays within its memory bound whatever the table", async () => {
  const small = await ProductTopK.create({
    table: random(15, 10 * D),
    tableRows: 10,
    dim: D,
    k: 2,
  });
  expect(small.blockRows).toBe(256);
  await small.dispose();
});
