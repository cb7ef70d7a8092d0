import { describe, expect, it } from "vitest";
import { Rng } from "#lib/random";
import type { EvaluationModel, Sae, SaeEncoder } from "#lib/sae/index";
import { evaluateSae } from "#lib/sae/evaluate";

const BOS = 9;
const D = 4;
const CONTEXT = 6;

/** Residuals with a mean and a norm far above their spread; BOS larger still. */
function residualOf(tokens: Uint16Array): Float32Array {
  const out = new Float32Array(tokens.length * D);
  tokens.forEach((token, t) => {
    const rng = Rng.of(5, token, t % CONTEXT);
    for (let c = 0; c < D; c++) {
      out[t * D + c] = token === BOS ? 3000 : 100 + rng.normal();
    }
  });
  return out;
}

/** "Losses" that only tell streams apart: the mean of each position. */
const model: EvaluationModel = {
  residual: (tokens) => Promise.resolve(residualOf(tokens)),
  compareFrom(reference, altered, tokens, batch) {
    const predictions = CONTEXT - 1;
    const at = (x: Float32Array, s: number, p: number) => {
      const from = (s * CONTEXT + p) * D;
      return x.subarray(from, from + D).reduce((a, b) => a + b, 0) / D;
    };
    const pick = (x: Float32Array) =>
      Float32Array.from({ length: batch * predictions }, (_, i) =>
        at(x, Math.floor(i / predictions), i % predictions),
      );
    const ceReference = pick(reference);
    const ceAltered = pick(altered);
    return Promise.resolve({
      ceReference,
      ceAltered,
      kl: ceReference.map((v, i) => v - ceAltered[i]!),
    });
  },
};

const tokens = Uint16Array.from([
  ...[BOS, 1, 2, 3, 4, 5],
  ...[BOS, 6, 7, BOS, 1, 2],
  ...[BOS, 3, 3, 3, 8, 8],
]);
const text = { tokens, contextSize: CONTEXT, sequences: 3, bosTokenId: BOS };
/** From text to text, in the three sequences. */
const predictions = 4 + (1 + 1) + 4;
const measured = [...tokens].filter((t) => t !== BOS).length;

const mean = (() => {
  const x = residualOf(tokens);
  const sum = new Array<number>(D).fill(0);
  tokens.forEach((token, t) => {
    if (token !== BOS) for (let c = 0; c < D; c++) sum[c]! += x[t * D + c]!;
  });
  return sum.map((s) => s / measured);
})();

/** An SAE of one latent per dimension; `encode` decides what it reconstructs. */
function evaluate(b_dec: number[], exact: boolean) {
  const sae = {
    config: { dIn: D, dSae: 2 * D, hookName: "hook" },
    W_dec: Float32Array.from({ length: 2 * D * D }, (_, i) => {
      const latent = Math.floor(i / D);
      if (i % D !== latent % D) return 0;
      return latent < D ? 1 : -1;
    }),
    b_dec: Float32Array.from(b_dec),
  } as unknown as Sae;
  const encoder: SaeEncoder = {
    encode(x, rows) {
      const rowPtr = new Uint32Array(rows + 1);
      const indices: number[] = [];
      const values: number[] = [];
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < D && exact; c++) {
          const over = x[r * D + c]! - b_dec[c]!;
          indices.push(over >= 0 ? c : D + c);
          values.push(Math.abs(over));
        }
        rowPtr[r + 1] = indices.length;
      }
      return Promise.resolve({
        rows,
        rowPtr,
        indices: Uint32Array.from(indices),
        values: Float32Array.from(values),
      });
    },
    dispose: () => Promise.resolve(),
  };
  return evaluateSae({ sae, encoder, model, text, lossSequences: 3, batch: 2 });
}

describe("evaluation", () => {
  it("gives FVU 0 to a perfect reconstruction and 1 to the mean, for data with a large mean", async () => {
    const perfect = await evaluate(mean, true);
    expect(perfect.fvu).toBeLessThan(1e-6);
    expect(perfect.deltaCe).toBeCloseTo(0, 4);
    expect(perfect.kl).toBeCloseTo(0, 4);
    expect(perfect.ceRecovered).toBeCloseTo(1, 4);
    expect(perfect.l0).toBe(D);
    const constant = await evaluate(mean, false);
    expect(constant.fvu).toBeCloseTo(1, 3);
    expect(constant.l0).toBe(0);
    expect(constant.deadFraction).toBe(1);
    // Splicing the mean in is mean ablation.
    expect(constant.ceSae).toBeCloseTo(constant.ceMean, 3);
    expect(constant.ceRecoveredFromMean).toBeCloseTo(0, 1);
  });

  it("leaves BOS out of every figure", async () => {
    const result = await evaluate(mean, true);
    expect(result.tokens).toBe(measured);
    expect(result.lossTokens).toBe(predictions);
    // Of the predictions only those from text to text count: none sees 3000.
    expect(result.ceClean).toBeLessThan(110);
    expect(result.ceZero).toBe(0);
    expect(result.ceMean).toBeCloseTo(mean.reduce((a, b) => a + b, 0) / D, 3);
  });

  it("counts dense features over the tokens measured", async () => {
    const result = await evaluate(mean, true);
    expect(result.denseFraction).toBeGreaterThan(0.5);
    expect(result.denseFraction).toBeLessThanOrEqual(1);
  });
});
