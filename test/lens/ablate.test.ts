import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Gpt2 } from "#lib/gpt2/index";
import { ablate, MOVED } from "#lib/lens/ablate";
import { Rng } from "#lib/random";
import { createEncoder, type Sae, type SaeEncoder } from "#lib/sae/index";
import { TINY, tinyWeights, writeTinyModel } from "#test/gpt2/tiny-model";
import * as oracle from "#test/reference/gpt2";

const { dModel: d, dVocab } = TINY;
const tokens = Uint16Array.of(29, 3, 7, 7, 1, 28);
const weights = tinyWeights(3);
const HOOK = "blocks.1.hook_resid_pre";
const STAGE = 2;

let folder: string;
let model: Gpt2;
let sae: Sae;
let encoder: SaeEncoder;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monolex-ablate-"));
  await writeTinyModel(folder, weights);
  model = await Gpt2.load(folder);
  const rng = new Rng(8);
  const random = (length: number) =>
    Float32Array.from({ length }, () => rng.normal());
  sae = {
    id: "tiny",
    hash: "",
    config: {
      architecture: "topk",
      dIn: d,
      dSae: 24,
      k: 5,
      modelName: "tiny",
      hookName: HOOK,
      contextSize: 12,
      corpusName: "none",
    },
    W_enc: random(24 * d),
    W_dec: random(24 * d),
    b_enc: random(24),
    b_dec: random(d),
  };
  encoder = await createEncoder(sae);
});
afterAll(async () => {
  await encoder.dispose();
  await model.dispose();
  await rm(folder, { recursive: true });
});

/** A feature that fires on some of the tokens, and not on the first. */
async function someFeature(): Promise<number> {
  const x = await model.residual(tokens, 1, HOOK);
  const { rowPtr, indices } = await encoder.encode(x, tokens.length);
  const first = new Map<number, number>();
  for (let t = tokens.length - 1; t >= 0; t--) {
    for (let e = rowPtr[t]!; e < rowPtr[t + 1]!; e++) first.set(indices[e]!, t);
  }
  return [...first].find(([, t]) => t === 2)![0];
}

describe("taking a feature out of a context", () => {
  it("changes losses, distributions and tokens as the float64 oracle does", async () => {
    const feature = await someFeature();
    const out = await ablate({ model, sae, encoder }, { tokens, feature });
    // The stream with and without it, run on by the oracle.
    const x = Array.from(await model.residual(tokens, 1, HOOK));
    const without = x.map((value, i) => {
      const t = Math.floor(i / d);
      return value - out.values[t]! * sae.W_dec[feature * d + (i % d)]!;
    });
    const kept = probabilities(x);
    const taken = probabilities(without);
    expect(out.values[0]).toBe(0);
    expect(out.values[2]).toBeGreaterThan(0);
    for (let t = 0; t < tokens.length; t++) {
      const [p, q] = [kept[t]!, taken[t]!];
      const next = tokens[t + 1];
      if (next === undefined) expect(out.lossChange[t]).toBeNaN();
      else {
        const change = Math.log(p[next]!) - Math.log(q[next]!);
        expect(Math.abs(out.lossChange[t]! - change)).toBeLessThan(1e-4);
      }
      const kl = p.reduce((sum, pv, v) => sum + pv * Math.log(pv / q[v]!), 0);
      expect(Math.abs(out.kl[t]! - kl)).toBeLessThan(1e-4);
      if (t < 2) continue;
      for (const [moved, sign] of [
        [out.raised, 1],
        [out.lowered, -1],
      ] as const) {
        const order = Array.from(p.keys()).sort(
          (a, b) => sign * (p[b]! - q[b]! - (p[a]! - q[a]!)),
        );
        const ids = moved.ids.subarray(t * MOVED, (t + 1) * MOVED);
        expect([...ids]).toEqual(order.slice(0, MOVED));
        ids.forEach((v, rank) => {
          const at = t * MOVED + rank;
          expect(Math.abs(moved.with[at]! - p[v]!)).toBeLessThan(1e-5);
          expect(Math.abs(moved.without[at]! - q[v]!)).toBeLessThan(1e-5);
        });
      }
    }
  });

  it("changes nothing where the feature does not fire", async () => {
    const x = await model.residual(tokens, 1, HOOK);
    const { indices } = await encoder.encode(x, tokens.length);
    const silent = Array.from({ length: 24 }, (_, i) => i).find(
      (i) => !indices.includes(i),
    )!;
    const out = await ablate(
      { model, sae, encoder },
      { tokens, feature: silent },
    );
    expect([...out.kl]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...out.lossChange.subarray(0, 5)]).toEqual([0, 0, 0, 0, 0]);
    expect(out.lossChange[5]).toBeNaN();
  });
});

/** The oracle's next-token probabilities from a residual stream at the hook. */
function probabilities(stream: number[]): number[][] {
  const rows = Array.from({ length: tokens.length }, (_, t) =>
    stream.slice(t * d, (t + 1) * d),
  );
  const final = oracle.stagesFrom(rows, STAGE, weights, TINY).at(-1)!;
  return final.map((row) =>
    oracle.logSoftmax(oracle.logits(row, weights, dVocab)).map(Math.exp),
  );
}
