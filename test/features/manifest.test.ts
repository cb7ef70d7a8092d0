import { describe, expect, test } from "vitest";
import {
  buildManifest,
  parseTrainingCurve,
  sameIndex,
} from "#lib/features/index";

const SOURCES = {
  schemaVersion: 3,
  sae: {
    id: "mini",
    hash: "abc",
    config: {
      architecture: "topk",
      dIn: 256,
      dSae: 4096,
      k: 32,
      modelName: "mini-gpt2",
      hookName: "blocks.2.hook_resid_post",
    },
  },
  modelHash: "def",
  corpus: { name: "default", hash: "123", contextSize: 128 },
  summary: {
    tokens: 1000,
    sequences: 8,
    places: {
      positionTokens: [600, 400],
      sources: [{ name: "whales", tokens: 1000 }],
    },
  },
  seed: 7,
  saeConfig: { architecture: "topk", d_in: 256 },
  training: null,
  evaluation: null,
  metrics: '{"step":1,"fvu":0.5}\n',
  now: new Date("2026-01-02T03:04:05Z"),
};

describe("the manifest", () => {
  test("says what was measured, and with what", () => {
    const manifest = buildManifest(SOURCES);
    expect(manifest).toMatchObject({
      schemaVersion: 3,
      saeId: "mini",
      saeHash: "abc",
      modelHash: "def",
      dSae: 4096,
      k: 32,
      corpusName: "default",
      corpusHash: "123",
      contextSize: 128,
      tokens: 1000,
      createdAt: "2026-01-02T03:04:05.000Z",
      sequences: 8,
      places: { sources: [{ name: "whales", tokens: 1000 }] },
      trainingCurve: [{ step: 1, fvu: 0.5 }],
    });
  });

  test("states its rules in sentences with the numbers that were used", () => {
    const { rules } = buildManifest({ ...SOURCES, keep: { top: 30 } });
    expect(rules.top).toContain("The 30 strongest contexts");
    expect(rules.quantiles).toContain("100 firing tokens drawn uniformly");
    expect(rules.quantiles).toContain("Seed 7.");
    for (const rule of Object.values(rules)) expect(rule).toMatch(/\.$/);
  });
});

describe("whether an index is up to date", () => {
  const manifest = buildManifest(SOURCES);

  test("the date, the row counts and the order of keys do not matter", () => {
    const stored = JSON.parse(
      JSON.stringify({
        ...Object.fromEntries(Object.entries(manifest).reverse()),
        createdAt: "2020-01-01T00:00:00.000Z",
        counts: { features: 0, examples: 0, sequences: 0, documents: 0 },
      }),
    ) as typeof manifest;
    expect(sameIndex(manifest, stored)).toBe(true);
  });

  test.each([
    { sae: { ...SOURCES.sae, hash: "other" } },
    { modelHash: "other" },
    { corpus: { ...SOURCES.corpus, hash: "other" } },
    { summary: { ...SOURCES.summary, sequences: 9 } },
    { keep: { top: 21 } },
    { seed: 8 },
    { evaluation: { fvu: 0.1 } },
    { metrics: '{"step":1,"fvu":0.4}\n' },
  ])("it is not when something differs: %j", (change) => {
    const other = buildManifest({ ...SOURCES, ...change });
    expect(sameIndex(manifest, other)).toBe(false);
  });
});

describe("the training curve", () => {
  test("is thinned evenly, first and last line kept", () => {
    const lines = Array.from({ length: 5000 }, (_, step) =>
      JSON.stringify({ step, fvu: 1 / (step + 1) }),
    );
    const curve = parseTrainingCurve(lines.join("\n"));
    expect(curve).toHaveLength(400);
    expect(curve[0]!.step).toBe(0);
    expect(curve[399]!.step).toBe(4999);
    const gaps = curve
      .slice(1)
      .map((point, i) => point.step! - curve[i]!.step!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(12);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(13);
  });

  test("keeps a short log whole, numbers only, and passes over a torn last line", () => {
    const log =
      '{"step":1,"loss":0.5,"phase":"warm-up"}\n{"step":2,"loss":0.4}\n{"step":3,"lo';
    expect(parseTrainingCurve(log)).toEqual([
      { step: 1, loss: 0.5 },
      { step: 2, loss: 0.4 },
    ]);
    expect(parseTrainingCurve("")).toEqual([]);
  });
});
