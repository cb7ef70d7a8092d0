import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSafetensors, writeSafetensors } from "#lib/compute/index";
import { AppError } from "#lib/errors";
import { Gpt2, parseHook, tokenize } from "#lib/gpt2/index";
import { weightShapes } from "#lib/gpt2/weights";
import * as oracle from "#test/reference/gpt2";
import { expectClose } from "#test/tolerance";
import { TINY, TINY_JSON, tinyWeights, writeTinyModel } from "./tiny-model";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monolex-gpt2-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

interface Prompt {
  text: string;
  ids: number[];
  top5_ids: number[][];
  top5_logits: number[][];
  logsumexp: number[];
  next_token_loss: number[];
  spliced_half_resid_post_2_next_token_loss: number[];
}

describe("mini-gpt2 against its reference", async () => {
  const { prompts } = JSON.parse(
    await readFile("test/fixtures/mini-gpt2-reference.json", "utf8"),
  ) as { prompts: Prompt[] };
  const model = await Gpt2.load("models/mini-gpt2");
  afterAll(() => model.dispose());
  const hooks = [
    ...[0, 1, 2, 3].flatMap((l) =>
      ["pre", "mid", "post"].map((s) => `blocks.${l}.hook_resid_${s}`),
    ),
    "ln_final.hook_normalized",
  ];
  const d = model.config.dModel;

  it.each(prompts.map((p, n) => [n, p] as const))(
    "agrees at every hook within 1e-3 (prompt %i)",
    async (n, { ids }) => {
      for (const hook of hooks) {
        const name = `prompt${n}.${hook}`;
        const { tensors } = await readSafetensors(
          "test/fixtures/mini-gpt2-reference.safetensors",
          { [name]: [ids.length, d] },
        );
        const actual = await model.residual(ids, 1, hook);
        expectClose(actual, tensors[name]!, 1e-3);
      }
    },
  );

  it.each(prompts)("agrees on the logits and losses of “$text”", async (p) => {
    const { dVocab } = model.config;
    const logits = await model.logits(p.ids, 1);
    p.ids.forEach((_, t) => {
      const row = logits.subarray(t * dVocab, (t + 1) * dVocab);
      const order = Array.from(row.keys()).sort((a, b) => row[b]! - row[a]!);
      expectClose(
        order.slice(0, 5).map((i) => row[i]!),
        p.top5_logits[t]!,
        1e-3,
      );
      expect(row[p.top5_ids[t]![0]!]).toBeCloseTo(p.top5_logits[t]![0]!, 2);
      const sum = row.reduce((a, v) => a + Math.exp(v - row[order[0]!]!), 0);
      expect(Math.log(sum) + row[order[0]!]!).toBeCloseTo(p.logsumexp[t]!, 2);
    });
    const hook = "blocks.2.hook_resid_post";
    const clean = await model.residual(p.ids, 1, hook);
    const half = clean.map((v, i) => (i < d ? v : v / 2));
    const compared = await model.compareFrom(clean, half, p.ids, 1, hook);
    expectClose(compared.ceReference, p.next_token_loss, 1e-3);
    expectClose(
      compared.ceAltered,
      p.spliced_half_resid_post_2_next_token_loss,
      1e-3,
    );
  });

  it("tokenizes the reference texts as the reference does", () => {
    for (const { text, ids } of prompts) {
      expect([50256, ...tokenize(text)]).toEqual(ids);
    }
  });

  it.each(hooks)("continues from %s to the clean logits", async (hook) => {
    const { ids } = prompts[0]!;
    const clean = await model.residual(ids, 1, hook);
    const continued = await model.logitsFrom(clean, 1, ids.length, hook);
    expectClose(continued, await model.logits(ids, 1), 1e-4);
  });

  it("gives a sequence the same activations alone and in a batch", async () => {
    const ids = prompts.map((p) => p.ids.slice(0, 12));
    const hook = "blocks.2.hook_resid_post";
    const together = await model.residual(ids.flat(), ids.length, hook);
    for (const [i, own] of ids.entries()) {
      const alone = await model.residual(own, 1, hook);
      expectClose(together.subarray(i * 12 * d, (i + 1) * 12 * d), alone, 1e-4);
    }
  });
});

describe("a tiny random GPT-2 against the float64 oracle", () => {
  const tokens = [
    [29, 3, 7, 7, 1, 28],
    [29, 0, 11, 4, 5, 6],
  ];
  const weights = tinyWeights();
  let model: Gpt2;
  beforeAll(async () => {
    const own = join(folder, "tiny");
    await writeTinyModel(own, weights);
    model = await Gpt2.load(own);
  });
  afterAll(() => model.dispose());

  it("agrees at every stage of the residual stream", async () => {
    const names = [
      "blocks.0.hook_resid_pre",
      "blocks.0.hook_resid_mid",
      "blocks.0.hook_resid_post",
      "blocks.1.hook_resid_mid",
      "blocks.1.hook_resid_post",
      "ln_final.hook_normalized",
    ];
    const expected = tokens.map((t) => oracle.residualStages(t, weights, TINY));
    for (const [stage, name] of names.entries()) {
      const actual = await model.residual(tokens.flat(), 2, name);
      expectClose(
        actual,
        expected.flatMap((s) => s[stage]!.flat()),
        1e-5,
      );
    }
  });

  it("agrees on cross-entropies and KL of an altered stream", async () => {
    const hook = "blocks.1.hook_resid_mid";
    const clean = await model.residual(tokens.flat(), 2, hook);
    const altered = clean.map((v, i) => v + 0.5 * Math.sin(i));
    const result = await model.compareFrom(
      clean,
      altered,
      tokens.flat(),
      2,
      hook,
    );
    const logP = await logProbabilities(model, clean, hook);
    const logQ = await logProbabilities(model, altered, hook);
    const at = (s: number, p: number) => s * 6 + p;
    const pairs = tokens.flatMap((t, s) =>
      t.slice(1).map((next, p) => ({ s, p, next })),
    );
    expectClose(
      result.ceReference,
      pairs.map(({ s, p, next }) => -logP[at(s, p)]![next]!),
      1e-4,
    );
    expectClose(
      result.ceAltered,
      pairs.map(({ s, p, next }) => -logQ[at(s, p)]![next]!),
      1e-4,
    );
    expectClose(
      result.kl,
      pairs.map(({ s, p }) =>
        logP[at(s, p)]!.reduce(
          (sum, lp, v) => sum + Math.exp(lp) * (lp - logQ[at(s, p)]![v]!),
          0,
        ),
      ),
      1e-4,
      0.01,
    );
  });

  it("reads names with the transformer. prefix, and shards, to the same numbers", async () => {
    const hook = "blocks.1.hook_resid_post";
    const expected = await model.residual(tokens.flat(), 2, hook);
    const prefixed = join(folder, "prefixed");
    await writeTinyModel(prefixed, weights, "transformer.");
    const sharded = join(folder, "sharded");
    await writeTinyModel(sharded, weights);
    await rm(join(sharded, "model.safetensors"));
    const shapes = weightShapes(TINY);
    const weightMap: Record<string, string> = {};
    const names = Object.keys(weights);
    for (const [n, part] of [names.slice(0, 9), names.slice(9)].entries()) {
      const file = `model-0000${n + 1}-of-00002.safetensors`;
      for (const name of part) weightMap[name] = file;
      await writeSafetensors(
        join(sharded, file),
        Object.fromEntries(
          part.map((name) => [
            name,
            { data: weights[name]!, shape: shapes[name]! },
          ]),
        ),
      );
    }
    await writeFile(
      join(sharded, "model.safetensors.index.json"),
      JSON.stringify({ weight_map: weightMap }),
    );
    for (const path of [prefixed, sharded]) {
      const other = await Gpt2.load(path);
      const actual = await other.residual(tokens.flat(), 2, hook);
      expect(Array.from(actual)).toEqual(Array.from(expected));
      await other.dispose();
    }
  });

  it.each([
    ["no tokens", [], 1, /not 1 sequences/],
    ["ragged sequences", [1, 2, 3], 2, /not 2 sequences/],
    [
      "a text longer than the context",
      new Array<number>(13).fill(1),
      1,
      /13 tokens.*at most 12/,
    ],
    ["a token outside the vocabulary", [1, 30], 1, /Token 30 is outside/],
    ["a negative token", [1, -1], 1, /Token -1 is outside/],
  ])("refuses %s", async (_, ids, batch, message) => {
    const run = model.residual(ids, batch, "blocks.0.hook_resid_pre");
    await expect(run).rejects.toThrow(message);
    await expect(run).rejects.toBeInstanceOf(AppError);
  });
});

describe("hook names", () => {
  it.each([
    ["blocks.0.hook_resid_pre", 0],
    ["blocks.1.hook_resid_mid", 3],
    ["blocks.1.hook_resid_post", 4],
    ["ln_final.hook_normalized", 5],
  ])("%s is stage %i", (name, stage) => {
    expect(parseHook(name, TINY).stage).toBe(stage);
  });

  it.each([
    ["blocks.2.hook_resid_pre", /layers 0 to 1/],
    ["blocks.0.hook_mlp_out", /not a residual hook/],
    ["blocks.-1.hook_resid_pre", /not a residual hook/],
    ["", /not a residual hook/],
  ])("refuses %s", (name, message) => {
    expect(() => parseHook(name, TINY)).toThrow(message);
  });
});

describe("damaged models", () => {
  const cases: [string, (path: string) => Promise<unknown>, RegExp][] = [
    ["no config", (p) => rm(join(p, "config.json")), /no model here/],
    [
      "a config that is not JSON",
      (p) => writeFile(join(p, "config.json"), "{"),
      /not valid JSON/,
    ],
    [
      "another architecture",
      (p) =>
        writeFile(
          join(p, "config.json"),
          JSON.stringify({ ...TINY_JSON, model_type: "llama" }),
        ),
      /type "llama"; only GPT-2/,
    ],
    [
      "another activation function",
      (p) =>
        writeFile(
          join(p, "config.json"),
          JSON.stringify({ ...TINY_JSON, activation_function: "relu" }),
        ),
      /activation function "relu"/,
    ],
    [
      "an untied unembedding",
      (p) =>
        writeFile(
          join(p, "config.json"),
          JSON.stringify({ ...TINY_JSON, tie_word_embeddings: false }),
        ),
      /tie_word_embeddings/,
    ],
    ["no weights", (p) => rm(join(p, "model.safetensors")), /There is no file/],
    [
      "truncated weights",
      (p) => truncate(join(p, "model.safetensors"), 5000),
      /not a whole safetensors file/,
    ],
    [
      "weights that are not safetensors",
      (p) => writeFile(join(p, "model.safetensors"), "PK".repeat(50)),
      /not a whole safetensors file/,
    ],
    [
      "weights of another shape",
      (p) =>
        writeFile(
          join(p, "config.json"),
          JSON.stringify({ ...TINY_JSON, vocab_size: 31 }),
        ),
      /has shape \[30, 8\], expected \[31, 8\]/,
    ],
    [
      "fewer layers than the config says",
      (p) =>
        writeFile(
          join(p, "config.json"),
          JSON.stringify({ ...TINY_JSON, n_layer: 3 }),
        ),
      /lacks the tensor "h\.2\./,
    ],
    [
      "NaN weights",
      (p) => {
        const weights = tinyWeights();
        weights["h.1.mlp.c_fc.weight"]![5] = NaN;
        return writeTinyModel(p, weights);
      },
      /holds NaN at element 5/,
    ],
  ];

  it.each(cases)("%s: one sentence", async (name, damage, message) => {
    const path = join(folder, name.replaceAll(" ", "-"));
    await writeTinyModel(path);
    await damage(path);
    const load = Gpt2.load(path);
    await expect(load).rejects.toThrow(message);
    await expect(load).rejects.toBeInstanceOf(AppError);
  });
});

async function logProbabilities(
  model: Gpt2,
  residual: Float32Array,
  hook: string,
): Promise<number[][]> {
  const logits = await model.logitsFrom(residual, 2, 6, hook);
  const rows = logits.length / TINY.dVocab;
  return Array.from({ length: rows }, (_, r) =>
    oracle.logSoftmax(
      Array.from(logits.subarray(r * TINY.dVocab, (r + 1) * TINY.dVocab)),
    ),
  );
}
