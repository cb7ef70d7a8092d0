import { beforeAll, expect, test, vi } from "vitest";
import { rarityScore, type OwnTextResponse } from "#lib/contract/index";
import { Gpt2, tokenize } from "#lib/gpt2/index";
import { createEncoder, type Sae } from "#lib/sae/index";
import { temporaryFolder } from "#test/db/temporary";
import { call } from "./call";
import { SMALL_HOOK, writeSmallSae } from "./small-sae";

const folder = temporaryFolder();
let sae: Sae;

beforeAll(async () => {
  sae = await writeSmallSae(folder);
});

const run = (json: unknown, id = "small") =>
  call("POST", `/saes/${id}/own-text`, { json });

const answered = async (json: unknown) => {
  const { status, body } = await run(json);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as OwnTextResponse;
};

/** Each token's activations, by the model and the SAE themselves. */
async function oracle(text: string): Promise<Map<number, number>[]> {
  const model = await Gpt2.load("models/mini-gpt2");
  const encoder = await createEncoder(sae);
  const tokens = [50256, ...tokenize(text)];
  const residual = await model.residual(tokens, 1, SMALL_HOOK);
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
  const answer = await answered({ text, perToken: 5, feature: asked });
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
  for (const { row, maxValue, maxToken, sum, tokensFired } of answer.features) {
    const values = wanted.map((w) => w.get(row.index) ?? 0);
    close(maxValue, Math.max(...values));
    close(values[maxToken]!, maxValue);
    close(
      sum,
      values.reduce((a, b) => a + b, 0),
    );
    expect(tokensFired).toBe(values.filter((v) => v > 0).length);
  }
});

test("features of the whole text are ranked as asked, dense ones hidden", async () => {
  const text = "The captain looked at the sea, and the sea looked back.";
  const score = {
    max: (f: OwnTextResponse["features"][number]) => f.maxValue,
    sum: (f: OwnTextResponse["features"][number]) => f.sum,
    rarity: (f: OwnTextResponse["features"][number]) =>
      rarityScore(f.maxValue, f.row.density),
  };
  const orders = new Set<string>();
  for (const sort of ["max", "sum", "rarity"] as const) {
    const { features } = await answered({ text, sort });
    const scores = features.map(score[sort]);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    orders.add(features.map((f) => f.row.index).join());
  }
  expect(orders.size).toBe(3);
  const { features: all } = await answered({ text });
  const { features: few } = await answered({ text, hideDenseAbove: 0.01 });
  expect(few.map((f) => f.row.index)).toEqual(
    all.filter((f) => f.row.density <= 0.01).map((f) => f.row.index),
  );
  expect(few.length).toBeLessThan(all.length);
});

test("a text of more than 2,000 tokens is refused with both counts", async () => {
  const { status, body } = await run({ text: " sea".repeat(2001) });
  expect(status).toBe(422);
  expect(body).toMatchObject({
    error: { message: expect.stringMatching(/2001 tokens.*2000/) as string },
  });
  expect((await run({ text: " sea".repeat(2000) })).status).toBe(200);
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
