import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import type { OwnTextResponse } from "#lib/contract/index";
import { migrateLabels } from "#lib/db/index";
import { Gpt2, tokenize } from "#lib/gpt2/index";
import { Rng } from "#lib/random";
import { createEncoder, loadSae, saveSae, type Sae } from "#lib/sae/index";
import { buildFixtureIndex } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { call } from "./call";

const folder = temporaryFolder();
const [dIn, dSae, k] = [256, 200, 8];
const hookName = "blocks.2.hook_resid_post";
let sae: Sae;

beforeAll(async () => {
  vi.stubEnv("DATA_DIR", folder);
  migrateLabels(join(folder, "labels.sqlite"));
  const rng = new Rng(5);
  const random = (length: number) =>
    Float32Array.from({ length }, () => rng.normal() / 16);
  const saved = join(folder, "saes/small");
  await saveSae(
    saved,
    {
      architecture: "topk",
      dIn,
      dSae,
      k,
      modelName: "mini-gpt2",
      hookName,
      contextSize: 128,
      corpusName: "none",
    },
    {
      W_enc: random(dSae * dIn),
      W_dec: random(dSae * dIn),
      b_enc: new Float32Array(dSae),
      b_dec: new Float32Array(dIn),
    },
  );
  sae = await loadSae(saved);
  const at = (id: string) => join(folder, "index", `${id}.sqlite`);
  buildFixtureIndex(at("small"), { saeId: "small", saeHash: sae.hash });
  buildFixtureIndex(at("stale"), { saeId: "small", saeHash: "0".repeat(64) });
});

const run = (json: unknown, id = "small") =>
  call("POST", `/saes/${id}/own-text`, { json });

/** Each token's activations, by the model and the SAE themselves. */
async function oracle(text: string): Promise<Map<number, number>[]> {
  const model = await Gpt2.load("models/mini-gpt2");
  const encoder = await createEncoder(sae);
  const tokens = [50256, ...tokenize(text)];
  const residual = await model.residual(tokens, 1, hookName);
  const code = await encoder.encode(residual, tokens.length);
  const rows = tokens.map((_, row) => {
    const [from, to] = [code.rowPtr[row]!, code.rowPtr[row + 1]!];
    const values = code.values.subarray(from, to);
    return new Map(
      [...code.indices.subarray(from, to)].map((f, i) => [f, values[i]!]),
    );
  });
  await encoder.dispose();
  await model.dispose();
  return rows.slice(1);
}

test("the features of every token are those the SAE gives it, BOS left out", async () => {
  const text = "The whale sank. 🐳 <|endoftext|>";
  const wanted = await oracle(text);
  const asked = [...wanted[1]!.keys()][0]!;
  const { status, body } = await run({ text, perToken: 5, feature: asked });
  expect(status).toBe(200);
  const answer = body as OwnTextResponse;
  expect(answer.tokens.map((t) => t.text).join("")).toBe(text);
  expect(answer.perToken).toHaveLength(wanted.length);
  const close = (a: number, b: number) =>
    expect(Math.abs(a - b)).toBeLessThan(1e-4 * Math.max(1, Math.abs(b)));
  answer.perToken.forEach((features, t) => {
    const sorted = [...wanted[t]!].sort((a, b) => b[1] - a[1]).slice(0, 5);
    expect(features.map((f) => f.feature)).toEqual(sorted.map(([f]) => f));
    features.forEach((f, i) => close(f.value, sorted[i]![1]));
  });
  answer.featureValues!.forEach((v, t) => close(v, wanted[t]!.get(asked) ?? 0));
  const all = new Set(wanted.flatMap((row) => [...row.keys()]));
  expect(new Set(answer.features.map((f) => f.row.index))).toEqual(all);
  for (const { row, maxValue, maxToken, tokensFired } of answer.features) {
    const values = wanted.map((w) => w.get(row.index) ?? 0);
    close(maxValue, Math.max(...values));
    close(values[maxToken]!, maxValue);
    expect(tokensFired).toBe(values.filter((v) => v > 0).length);
  }
});

test("a text longer than the model reads is refused with both counts", async () => {
  const { status, body } = await run({ text: " sea".repeat(256) });
  expect(status).toBe(422);
  expect(body).toMatchObject({
    error: { message: expect.stringMatching(/256 tokens.*255/) as string },
  });
  expect((await run({ text: " sea".repeat(255) })).status).toBe(200);
});

test("texts sent at once are read one after the other, too many are turned away", async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => run({ text: `sentence ${i}` })),
  );
  const statuses = answers.map((a) => a.status);
  expect(statuses.filter((s) => s === 200)).toHaveLength(16);
  expect(statuses.filter((s) => s === 429)).toHaveLength(4);
  expect((await run({ text: "again" })).status).toBe(200);
});

test("an index of other weights than the SAE's is not mixed with it", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  for (let attempt = 0; attempt < 2; attempt++) {
    const { status, body } = await run({ text: "sea" }, "stale");
    expect(status).toBe(503);
    expect(body).toMatchObject({
      error: { message: expect.stringMatching(/npm run index/) as string },
    });
  }
  log.mockClear();
});
