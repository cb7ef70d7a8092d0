import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { unpackLens, unpackLosses } from "#app/_queries/lens";
import { readerOf } from "#app/_server/databases";
import { lensProcess } from "#app/_server/lens-process";
import type { LensLosses, LensResponse, LensToken } from "#lib/contract/index";
import { BOS, Gpt2, tokenize } from "#lib/gpt2/index";
import {
  createEncoder,
  decode,
  type Sae,
  type SaeEncoder,
} from "#lib/sae/index";
import { temporaryFolder } from "#test/db/temporary";
import { expectClose } from "#test/tolerance";
import { call } from "./call";
import { SMALL_HOOK, writeSmallSae } from "./small-sae";

const folder = temporaryFolder();
const d = 256;
let sae: Sae;
let encoder: SaeEncoder;
let model: Gpt2;

beforeAll(async () => {
  sae = await writeSmallSae(folder);
  encoder = await createEncoder(sae);
  model = await Gpt2.load("models/mini-gpt2");
});
afterAll(async () => {
  await encoder.dispose();
  await model.dispose();
});

const ask = async <T>(path: string, json: unknown): Promise<T> => {
  const { status, body } = await call("POST", `/saes/small/${path}`, { json });
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as T;
};
const read = async (text: string) =>
  unpackLens(await ask<LensResponse>("lens", { text }));

const SHORT = "Call me Ishmael. Some years ago, never mind how long.";
const LONG = `${SHORT} ${"The ship sailed on, and nobody spoke of whales. ".repeat(22)}`;

/** x of a run of tokens after BOS, with the SAE's x̂; one row a token. */
async function rows(ids: ArrayLike<number>) {
  const tokens = [BOS, ...Array.from(ids)];
  const x = (await model.residual(tokens, 1, SMALL_HOOK)).subarray(d);
  const code = await encoder.encode(x, ids.length);
  return { x, code, xHat: decode(sae, code) };
}

/** Mean x over the contexts the index gives, as Eq. 42 has it. */
async function usualActivation(): Promise<number[]> {
  const reference = readerOf("small").spreadSequences(64);
  const x = await model.residual(reference, reference.length / 128, SMALL_HOOK);
  const mean = new Array<number>(d).fill(0);
  const text = [...reference.keys()].filter((row) => reference[row] !== BOS);
  for (const row of text) {
    for (let c = 0; c < d; c++) mean[c]! += x[row * d + c]! / text.length;
  }
  return mean;
}

describe("reading a text", () => {
  test("each token's features, L0 and error are the SAE's own", async () => {
    const lens = await read(SHORT);
    const ids = tokenize(SHORT);
    const { x, xHat, code } = await rows(ids);
    expect(lens.tokens.map((t) => t.id)).toEqual([...ids]);
    expect(lens.windows).toEqual([{ start: 0, from: 0, to: ids.length }]);
    const mean = await usualActivation();
    const square = (t: number, from: (c: number) => number) =>
      mean.reduce((sum, _, c) => sum + (x[t * d + c]! - from(c)) ** 2, 0);
    const missed: number[] = [];
    const spread: number[] = [];
    ids.forEach((_, t) => {
      const own = code.indices.subarray(code.rowPtr[t], code.rowPtr[t + 1]);
      const [from, to] = [lens.code.rowPtr[t]!, lens.code.rowPtr[t + 1]!];
      expect(new Set(lens.code.features.subarray(from, to))).toEqual(
        new Set(own),
      );
      const values = [...lens.code.values.subarray(from, to)];
      expect(values).toEqual([...values].sort((a, b) => b - a));
      expect(lens.l0[t]).toBe(own.length);
      missed.push(square(t, (c) => xHat[t * d + c]!));
      spread.push(square(t, (c) => mean[c]!));
    });
    expectClose(
      lens.error,
      missed.map((m, t) => m / spread[t]!),
      1e-3,
    );
    const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
    expect(lens.unexplained).toBeCloseTo(sum(missed) / sum(spread), 4);
    const densities = readerOf("small").rows([...lens.features.feature]);
    lens.features.feature.forEach((feature, i) => {
      const { density } = densities.get(feature)!;
      expect(lens.features.density[i]).toBeCloseTo(density, 6);
    });
  });

  test("a long text is read in windows, each token in the one that answers for it", async () => {
    const lens = await read(LONG);
    const ids = tokenize(LONG);
    expect(ids.length).toBeGreaterThan(250);
    expect(lens.windows.length).toBeGreaterThan(2);
    for (const { start, from, to } of lens.windows) {
      const { code } = await rows(ids.subarray(start, start + 127));
      for (let t = from; t < to; t++) {
        const row = t - start;
        const strongest = [
          ...code.values.subarray(code.rowPtr[row], code.rowPtr[row + 1]),
        ].sort((a, b) => b - a);
        expectClose(
          lens.code.values.subarray(
            lens.code.rowPtr[t],
            lens.code.rowPtr[t + 1],
          ),
          strongest,
          1e-3,
        );
      }
    }
  });
});

describe("what tokens predict", () => {
  test("losses, without and with the SAE, are those of an evaluation", async () => {
    const ids = tokenize(SHORT);
    const losses = unpackLosses(
      await ask<LensLosses>("lens/losses", { text: SHORT }),
    );
    const tokens = [BOS, ...ids];
    const clean = await model.residual(tokens, 1, SMALL_HOOK);
    const spliced = clean.slice();
    spliced.set((await rows(ids)).xHat, d);
    const wanted = await model.compareFrom(
      clean,
      spliced,
      tokens,
      1,
      SMALL_HOOK,
    );
    // The first prediction is BOS's own.
    const last = ids.length - 1;
    expectClose(losses.ce.subarray(0, last), wanted.ceReference.slice(1), 1e-3);
    expectClose(
      losses.ceSpliced.subarray(0, last),
      wanted.ceAltered.slice(1),
      1e-3,
    );
    expectClose(losses.kl.subarray(0, last), wanted.kl.slice(1), 1e-3);
    expect(losses.ce[last]).toBeNaN();
    const top = losses.top(3);
    expect(top).toHaveLength(3);
    expect(top[0]!.probability).toBeGreaterThanOrEqual(top[1]!.probability);
  });

  test("a prediction is taken apart into parts that add up to the logit", async () => {
    const at = 7;
    const ids = tokenize(SHORT);
    const found = await ask<LensToken>("lens/token", {
      text: SHORT,
      token: at,
      measure: 3,
    });
    expect(found.target.id).toBe(ids[at + 1]);
    const { dVocab } = model.config;
    const prefix = [BOS, ...ids.subarray(0, at + 1)];
    const logits = (await model.logits(prefix, 1)).subarray(-dVocab);
    const mean = logits.reduce((a, b) => a + b, 0) / dVocab;
    const logit = logits[found.target.id]! - mean;
    expect(found.logit).toBeCloseTo(logit, 2);
    const parts = found.features.reduce((sum, f) => sum + f.contribution, 0);
    expect(
      parts +
        found.decoderBias +
        found.error +
        found.laterLayers +
        found.finalBias,
    ).toBeCloseTo(found.logit, 3);
    const total = logits.reduce((sum, v) => sum + Math.exp(v), 0);
    expect(found.probability).toBeCloseTo(
      Math.exp(logits[found.target.id]!) / total,
      4,
    );
    expect(found.features.map((f) => f.measured !== undefined)).toEqual(
      found.features.map((_, i) => i < 3),
    );
    expect(found.predictions).toHaveLength(10);
  });

  test("after the last token the likeliest is taken, or any that is named", async () => {
    const token = tokenize(SHORT).length - 1;
    const free = await ask<LensToken>("lens/token", { text: SHORT, token });
    expect(free.target).toEqual(free.predictions[0]!.token);
    expect(free.probability).toBeCloseTo(free.predictions[0]!.probability, 6);
    const named = await ask<LensToken>("lens/token", {
      text: SHORT,
      token,
      target: { text: " whale" },
      against: { id: free.target.id },
    });
    expect(named.target.text).toBe(" whale");
    expect(named.against).toEqual(free.target);
    expect(named.logit).toBeLessThan(0);
  });
});

describe("refusals and failures", () => {
  test.each([
    ["lens", { text: "" }, /empty/],
    ["lens", { text: "sea ".repeat(5001) }, /20,000 characters/],
    ["lens", { text: " sea".repeat(2001) }, /2001 tokens.*2000/],
    ["lens/losses", { text: " sea".repeat(2001) }, /2001 tokens.*2000/],
    ["lens/token", { text: "sea", token: 1 }, /no token 1.*0 to 0/],
    [
      "lens/token",
      { text: "sea", token: 0, target: { text: "leviathans" } },
      /leviathans.* is \d tokens/,
    ],
    ["lens/token", { text: "sea", token: 0, measure: 17 }, /16/],
  ])("%s refuses in words (%#)", async (path, json, message) => {
    const { status, body } = await call("POST", `/saes/small/${path}`, {
      json,
    });
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toMatch(message);
  });

  test("text that is anything but English is read byte for byte", async () => {
    const text =
      "<script>alert(1)</script> שלום 👩‍👩‍👧 \u0000\u0007\u202e <|endoftext|>\r\n";
    const lens = await read(text);
    expect(lens.tokens.map((t) => t.text).join("")).toBe(text);
    expect(lens.tokens.every((t) => t.id !== BOS)).toBe(true);
  });

  test("a process that dies is said to, and the next request starts another", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const running = call("POST", "/saes/small/lens/losses", {
      json: { text: LONG },
    });
    await vi.waitFor(() => expect(lensProcess().load).toBe(1));
    lensProcess().stop();
    const { status, body } = await running;
    expect(status).toBe(503);
    expect(JSON.stringify(body)).toMatch(/process that runs the model ended/);
    log.mockClear();
    expect((await read(SHORT)).tokens.length).toBeGreaterThan(5);
  });
});
