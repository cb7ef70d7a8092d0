import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FINAL_HOOK, Gpt2 } from "#lib/gpt2/index";
import { directParts, logitDirection } from "#lib/lens/direct-parts";
import { measureEffects } from "#lib/lens/measure-effects";
import { Rng } from "#lib/random";
import { createEncoder, decode, type Sae } from "#lib/sae/index";
import { TINY, tinyWeights, writeTinyModel } from "#test/gpt2/tiny-model";
import { compared, dot, logitsOfPart } from "#test/reference/attribution";
import * as oracle from "#test/reference/gpt2";

const { dModel: d, nLayers, dVocab, layerNormEps: eps } = TINY;
const tokens = [29, 3, 7, 7, 1, 28];
const weights = tinyWeights(3);
const W_U = Array.from({ length: dVocab }, (_, v) =>
  Array.from(weights["wte.weight"]!.subarray(v * d, (v + 1) * d)),
);
const norm = {
  gamma: weights["ln_f.weight"]!,
  beta: weights["ln_f.bias"]!,
  eps,
};
const hooks: [name: string, stage: number][] = [
  ["blocks.0.hook_resid_mid", 1],
  ["blocks.1.hook_resid_pre", 2],
  ["blocks.1.hook_resid_post", 4],
  [FINAL_HOOK, 5],
];

let folder: string;
let model: Gpt2;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monolex-attribution-"));
  await writeTinyModel(folder, weights);
  model = await Gpt2.load(folder);
});
afterAll(async () => {
  await model.dispose();
  await rm(folder, { recursive: true });
});

function tinySae(hookName: string): Sae {
  const rng = new Rng(8);
  const random = (length: number) =>
    Float32Array.from({ length }, () => rng.normal());
  return {
    id: "tiny",
    hash: "",
    config: {
      architecture: "topk",
      dIn: d,
      dSae: 24,
      k: 5,
      modelName: "tiny",
      hookName,
      contextSize: 12,
      corpusName: "none",
    },
    W_enc: random(24 * d),
    W_dec: random(24 * d),
    b_enc: random(24),
    b_dec: random(d),
  };
}

/** What `attribute` hands to the two functions, of the last token. */
async function atLastToken(hook: string) {
  const sae = tinySae(hook);
  const encoder = await createEncoder(sae);
  const before =
    hook === FINAL_HOOK ? hook : `blocks.${nLayers - 1}.hook_resid_post`;
  const [residual, last, final] = await model.residuals(tokens, 1, [
    hook,
    before,
    FINAL_HOOK,
  ]);
  const x = residual!.slice(-d);
  const code = await encoder.encode(x, 1);
  await encoder.dispose();
  const rows = { x, xHat: decode(sae, code), last: last!.slice(-d), code };
  return { sae, residual: residual!, final: final!.slice(-d), rows };
}

describe.each(hooks)("an SAE at %s", (hook, stage) => {
  const stages = oracle.residualStages(tokens, weights, TINY);
  const x = stages[stage]!.at(-1)!;
  const last = stages[Math.max(stage, 2 * nLayers)]!.at(-1)!;
  const trueLogits = oracle.logits(stages.at(-1)!.at(-1)!, weights, dVocab);
  // After the final LayerNorm a part meets the unembedding as it is.
  const partLogits = (part: ArrayLike<number>) =>
    hook === FINAL_HOOK
      ? W_U.map((row) => dot(row, part))
      : logitsOfPart(part, last, norm, W_U);

  it.each([
    [4, undefined],
    [17, 2],
  ])("takes the logit of %i (against %s) apart", async (target, against) => {
    const { sae, final, rows } = await atLastToken(hook);
    const direction = logitDirection({ model }, target, against);
    const parts = directParts({ model, sae }, direction, rows);
    const wanted = (part: ArrayLike<number>) =>
      compared(partLogits(part), target, against);
    const close = (actual: number, expected: number) =>
      expect(Math.abs(actual - expected)).toBeLessThan(1e-4);

    expect(parts.features).toHaveLength(5);
    for (const { feature, activation, contribution } of parts.features) {
      const row = sae.W_dec.subarray(feature * d, (feature + 1) * d);
      close(contribution, wanted(row.map((v) => v * activation)));
    }
    const sizes = parts.features.map((f) => Math.abs(f.contribution));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    close(parts.decoderBias, wanted(sae.b_dec));
    close(parts.error, wanted(x.map((v, c) => v - rows.xHat[c]!)));
    close(parts.laterLayers, wanted(last.map((v, c) => v - x[c]!)));
    const bias = compared(
      W_U.map((row) => dot(row, norm.beta)),
      target,
      against,
    );
    close(parts.finalBias, hook === FINAL_HOOK ? 0 : bias);

    // They add up to what the model itself says, within 1e-4 of its size.
    const sum =
      parts.features.reduce((all, f) => all + f.contribution, 0) +
      parts.decoderBias +
      parts.error +
      parts.laterLayers +
      parts.finalBias;
    const truth = compared(trueLogits, target, against);
    const size = Math.max(1, Math.abs(truth));
    expect(Math.abs(sum - truth)).toBeLessThan(1e-4 * size);
    expect(Math.abs(dot(direction, final) - truth)).toBeLessThan(1e-4 * size);
  });

  it("measures what taking a feature out does", async () => {
    const { sae, residual, final, rows } = await atLastToken(hook);
    const target = 11;
    const direction = logitDirection({ model }, target, undefined);
    const { features } = directParts({ model, sae }, direction, rows);
    const asked = features.slice(0, 3);
    const effects = await measureEffects(
      { model, sae },
      { residual, final, direction, target, features: asked },
    );
    expect(effects.map((e) => e.feature)).toEqual(asked.map((f) => f.feature));
    const clean = oracle.logSoftmax(trueLogits)[target]!;
    asked.forEach(({ feature, activation }, n) => {
      const altered = stages[stage]!.map((row) => [...row]);
      const row = altered.at(-1)!;
      for (let c = 0; c < d; c++) {
        row[c]! -= activation * sae.W_dec[feature * d + c]!;
      }
      const end =
        oracle.stagesFrom(altered, stage, weights, TINY).at(-1) ?? altered;
      const without = oracle.logits(end.at(-1)!, weights, dVocab);
      const { logit, logProbability } = effects[n]!;
      expect(logit).toBeCloseTo(
        compared(trueLogits, target, undefined) -
          compared(without, target, undefined),
        3,
      );
      expect(logProbability).toBeCloseTo(
        clean - oracle.logSoftmax(without)[target]!,
        3,
      );
      // Behind the last layer nothing but the direct path is left.
      if (hook === FINAL_HOOK) {
        expect(logit).toBeCloseTo(asked[n]!.contribution, 3);
      }
    });
  });
});
