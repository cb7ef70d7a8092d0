import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  ActivationCache,
  cachedSource,
  fillCaches,
  residualSource,
} from "#lib/activations/index";
import { Gpt2 } from "#lib/gpt2/index";
import { Rng } from "#lib/random";
import { TINY, writeTinyModel } from "#test/gpt2/tiny-model";

const ROOM = 1 << 30;
const HOOKS = ["blocks.1.hook_resid_post", "blocks.0.hook_resid_mid"];
const BOS = TINY.bosTokenId;

let folder = "";
let model: Gpt2;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monolex-fill-"));
  await writeTinyModel(join(folder, "model"));
  model = await Gpt2.load(join(folder, "model"), { threads: 1 });
});
afterAll(async () => {
  await model.dispose();
  await rm(folder, { recursive: true });
});

/** 1,300 sequences that begin with BOS, some with another BOS inside. */
function tokens() {
  const rng = new Rng(4);
  const ids = Uint16Array.from({ length: 1300 * 8 }, () => rng.below(BOS));
  for (let i = 0; i < ids.length; i += 8) ids[i] = BOS;
  for (let i = 5; i < ids.length; i += 56) ids[i] = BOS;
  return { hash: "t", tokens: ids, contextSize: 8, sequences: 1300 };
}

it("fills the caches of several hooks in one pass, as each alone would", async () => {
  const text = tokens();
  const hooks = await Promise.all(
    HOOKS.map(async (hookName) => {
      const source = residualSource(model, text, hookName, BOS);
      const root = join(folder, hookName);
      const cache = await ActivationCache.open(root, source, ROOM);
      return { hookName, source, cache };
    }),
  );
  let passes = 0;
  const counted = {
    hash: model.hash,
    config: model.config,
    residuals: (...args: Parameters<Gpt2["residuals"]>) => {
      passes++;
      return model.residuals(...args);
    },
  };
  const all = Uint32Array.from({ length: text.sequences }, (_, i) => i);
  // Interrupted after the first part…
  const stop = new AbortController();
  const seen: number[] = [];
  const onProgress = (done: number) => {
    seen.push(done);
    stop.abort();
  };
  await expect(
    fillCaches(counted, text, hooks, BOS, all, {
      signal: stop.signal,
      onProgress,
    }),
  ).rejects.toThrow();
  const half = passes;
  expect(hooks.map(({ cache }) => cache.size)).toEqual([512, 512]);
  // …it goes on where it stopped.
  await fillCaches(counted, text, hooks, BOS, all, {
    onProgress: (done) => seen.push(done),
  });
  expect(seen).toEqual([512, 1024, 1300]);
  expect(hooks.map(({ cache }) => cache.size)).toEqual([1300, 1300]);
  expect(passes - half, "passes for both hooks").toBe(
    Math.ceil(512 / 64) + Math.ceil((1300 - 1024) / 64),
  );

  const order = new Rng(2).permutation(1300).subarray(0, 200);
  for (const { source, cache } of hooks) {
    const rows = order.reduce((sum, s) => sum + source.rowsOf(s), 0);
    const together = new Float32Array(rows * TINY.dModel);
    const before = passes;
    await cachedSource(source, cache).read(order, together);
    expect(passes).toBe(before);
    const alone = new Float32Array(rows * TINY.dModel);
    const own = await ActivationCache.open(join(folder, "own"), source, ROOM);
    await cachedSource(source, own).read(order, alone);
    expect(together).toEqual(alone);
  }
});
