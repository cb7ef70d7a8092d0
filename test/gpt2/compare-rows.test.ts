import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FINAL_HOOK, Gpt2 } from "#lib/gpt2/index";
import { Rng } from "#lib/random";
import * as oracle from "#test/reference/gpt2";
import { expectClose } from "#test/tolerance";
import { TINY, tinyWeights, writeTinyModel } from "./tiny-model";

const { dModel: d, dVocab } = TINY;
const weights = tinyWeights(2);
let folder: string;
let model: Gpt2;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monolex-rows-"));
  await writeTinyModel(folder, weights);
  model = await Gpt2.load(folder);
});
afterAll(async () => {
  await model.dispose();
  await rm(folder, { recursive: true });
});

test("rows are compared as float64 loops compare them, across chunks", async () => {
  // More than one chunk of rows.
  const rows = 300;
  const k = 4;
  const rng = new Rng(1);
  const random = () =>
    Float32Array.from({ length: rows * d }, rng.normal.bind(rng));
  const [reference, altered] = [random(), random()];
  const targets = Int32Array.from({ length: rows }, (_, r) => (7 * r) % dVocab);
  const found = await model.compareRows(reference, altered, targets, k);
  const logP = (x: Float32Array, r: number) =>
    oracle.logSoftmax(
      oracle.logits([...x.subarray(r * d, (r + 1) * d)], weights, dVocab),
    );
  const kl: number[] = [];
  for (let r = 0; r < rows; r++) {
    const [p, q] = [logP(reference, r), logP(altered, r)];
    expect(found.ceReference[r]).toBeCloseTo(-p[targets[r]!]!, 4);
    expect(found.ceAltered[r]).toBeCloseTo(-q[targets[r]!]!, 4);
    kl.push(p.reduce((sum, v, i) => sum + Math.exp(v) * (v - q[i]!), 0));
    const order = [...p.keys()].sort((a, b) => p[b]! - p[a]!).slice(0, k);
    const at = (values: ArrayLike<number>) =>
      Array.from({ length: k }, (_, i) => values[r * k + i]!);
    expect(at(found.top.ids)).toEqual(order);
    expectClose(
      at(found.top.reference),
      order.map((i) => p[i]!),
      1e-4,
    );
    expectClose(
      at(found.top.altered),
      order.map((i) => q[i]!),
      1e-4,
    );
  }
  expectClose(found.kl, kl, 1e-4);
});

test("running on from one hook to another is what the model does itself", async () => {
  const tokens = [29, 3, 7, 7, 29, 0, 11, 4];
  const hooks = [
    "blocks.0.hook_resid_pre",
    "blocks.0.hook_resid_mid",
    "blocks.1.hook_resid_post",
    FINAL_HOOK,
  ];
  const stages = await model.residuals(tokens, 2, hooks);
  for (const [i, from] of hooks.entries()) {
    for (const [j, to] of hooks.entries()) {
      if (j < i) continue;
      const there = await model.residualFrom(stages[i]!, 2, 4, from, to);
      expectClose(there, stages[j]!, 1e-4);
    }
  }
});
