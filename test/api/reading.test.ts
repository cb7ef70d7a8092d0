import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import type {
  FeatureDetail,
  FeaturePage,
  FeaturePoints,
  SaeDetail,
  SaeList,
} from "#lib/contract/index";
import { FIXTURE_SAE_ID } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { writeE2eData } from "#test/e2e-data";
import { call } from "./call";

const folder = temporaryFolder();
const sae = `/saes/${FIXTURE_SAE_ID}`;
const get = async <T>(path: string) => {
  const { status, body } = await call("GET", path);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as T;
};

beforeAll(() => {
  vi.stubEnv("DATA_DIR", folder);
  writeE2eData(folder);
});

test("the list of SAEs names them and what cannot be read", async () => {
  writeFileSync(join(folder, "index/broken.sqlite"), "nonsense ".repeat(999));
  const { saes, unreadable } = await get<SaeList>("/saes");
  expect(saes).toMatchObject([
    { id: FIXTURE_SAE_ID, dSae: 200, k: 32, liveFeatures: 192 },
  ]);
  expect(saes[0]!.evaluation?.fvu).toBe(0.131);
  expect(unreadable).toMatchObject([{ id: "broken" }]);
  expect(unreadable[0]!.message).toMatch(/damaged/);
});

test("an SAE's page counts every feature once", async () => {
  const detail = await get<SaeDetail>(sae);
  const { counts, dead } = detail.densityHistogram;
  expect(counts.reduce((a, b) => a + b, dead)).toBe(detail.dSae);
  expect(detail.trainingCurve).toHaveLength(60);
  expect(detail.alignment!.reduce((a, b) => a + b)).toBe(detail.liveFeatures);
  // The fixture's cosines are 0.5 … 1.
  expect(detail.alignment!.slice(0, 30)).toEqual(new Array(30).fill(0));
});

test("the points of the plots are every feature's, packed", async () => {
  const points = await get<FeaturePoints>(`${sae}/points`);
  const bytes = (text: string) =>
    Uint8Array.from(Buffer.from(text, "base64")).buffer;
  const counts = new Uint32Array(bytes(points.firingCount));
  const means = new Float32Array(bytes(points.meanActivation));
  const positions = new Float32Array(bytes(points.positions));
  expect(counts).toHaveLength(200);
  expect(counts.filter((count) => count > 0)).toHaveLength(192);
  const { firingCount, meanActivation } = await get<FeatureDetail>(
    `${sae}/features/7`,
  );
  expect(counts[7]).toBe(firingCount);
  expect(means[7]).toBe(Math.fround(meanActivation));
  // Feature 25 never fires.
  expect([counts[25], means[25], positions[50]]).toEqual([0, 0, NaN]);
  expect(new Uint16Array(bytes(points.sources))).toHaveLength(200);
  expect(Object.values(points.states).flat()).toEqual([]);
});

test("the feature table is walked page by page", async () => {
  const seen: number[] = [];
  let cursor = "";
  do {
    const page = await get<FeaturePage>(
      `${sae}/features?q=sort:max&limit=70&cursor=${cursor}`,
    );
    expect(page.total).toBe(192);
    seen.push(...page.features.map((f) => f.index));
    cursor = page.nextCursor ?? "";
  } while (cursor !== "");
  expect(new Set(seen).size).toBe(192);
  expect(seen).toHaveLength(192);
});

test("a feature comes with its contexts, their text and documents", async () => {
  const feature = await get<FeatureDetail>(`${sae}/features/7`);
  expect(feature.groups.map((g) => g.name)).toEqual([
    "top",
    "q1",
    "q2",
    "q3",
    "q4",
    "q5",
  ]);
  const [top] = feature.groups;
  expect(top!.max).toBe(feature.maxActivation);
  for (const { examples, min, max } of feature.groups) {
    for (const example of examples) {
      expect(example.tokens).toHaveLength(128);
      const at = example.positions.indexOf(example.peakPosition);
      expect(example.values[at]).toBe(example.peakValue);
      expect(example.peakValue).toBeGreaterThanOrEqual(min);
      expect(example.peakValue).toBeLessThanOrEqual(max);
      expect(example.document.title).toMatch(/^Notes on /);
    }
  }
  const q = feature.groups.slice(1);
  for (let i = 1; i < q.length; i++) {
    expect(q[i]!.min).toBeGreaterThanOrEqual(q[i - 1]!.max);
  }
  expect(feature.neighbours[0]).toMatchObject({ feature: 8, cosine: 0.9 });
  expect(feature.densityPercentile).toBeGreaterThan(0.5);
  expect([feature.previous, feature.next]).toEqual([6, 8]);
});

test("a dead feature has no contexts, and paging from it finds live ones", async () => {
  const dead = await get<FeatureDetail>(`${sae}/features/0`);
  expect(dead).toMatchObject({
    firingCount: 0,
    densityPercentile: null,
    groups: [],
    previous: 199,
    next: 1,
  });
});

test("a random feature is a live one", async () => {
  for (let i = 0; i < 20; i++) {
    const { index } = await get<{ index: number }>(`${sae}/features/random`);
    expect(index % 25).not.toBe(0);
  }
});
