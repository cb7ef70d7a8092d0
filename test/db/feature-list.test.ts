import fc from "fast-check";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import {
  DENSE_ABOVE,
  indexReader,
  labelDatabase,
  migrateLabels,
  openIndexDatabase,
  type FeatureListQuery,
  type IndexReader,
} from "#lib/db/index";
import { featureListSql, featurePageSql } from "#lib/db/feature-list";
import { IndexScan } from "#lib/db/index-scan";
import { buildFixtureIndex } from "./fixture";
import { addLabel } from "./add-label";
import { temporaryFolder } from "./temporary";

const folder = temporaryFolder();
const file = join(folder, "list.sqlite");
const labelFile = join(folder, "labels.sqlite");
const TEXTS = ["ships at sea", "Congress", "sea birds", "numbers"];

/** A feature as the oracle knows it. */
interface Plain {
  index: number;
  density: number;
  meanActivation: number;
  maxActivation: number;
  labels: string[];
}
let reader: IndexReader;
let plain: Plain[];

beforeAll(() => {
  buildFixtureIndex(file, { dSae: 600, sequences: 40 });
  migrateLabels(labelFile);
  reader = indexReader(file, labelFile);
  const { saeHash, tokens } = reader.manifest;
  const scan = IndexScan.open(file);
  plain = [...scan.features()].map((f) => ({
    index: f.index,
    density: f.firingCount / tokens,
    meanActivation: f.meanActivation,
    maxActivation: f.maxActivation,
    labels: [],
  }));
  scan.close();
  const db = labelDatabase(labelFile);
  for (let feature = 0; feature < 600; feature += 7) {
    const text = TEXTS[feature % TEXTS.length]!;
    for (let i = 0; i <= feature % 2; i++) {
      addLabel(db, { saeHash, feature, text });
      plain[feature]!.labels.push(text);
    }
  }
  // Another SAE's labels are not this one's.
  addLabel(db, { saeHash: "x", feature: 1, text: "sea" });
});

/** The same list, by sorting everything. */
function oracle(query: FeatureListQuery): number[] {
  const { minDensity = 0, maxDensity = 1, label, state, q } = query;
  const { minMean = 0, maxMean = Infinity } = query;
  const dead = state === "dead" && query.sort !== "index";
  const sort = dead ? "index" : query.sort;
  const sign = !dead && query.order === "desc" ? -1 : 1;
  return plain
    .filter((f) => f.density >= minDensity && f.density <= maxDensity)
    .filter((f) => f.meanActivation >= minMean && f.meanActivation <= maxMean)
    .filter((f) => {
      if (state === "live") return f.density > 0;
      if (state === "dead") return f.density === 0;
      return state === "all" || f.density > DENSE_ABOVE;
    })
    .filter(
      (f) => label === "any" || f.labels.length > 0 === (label === "labelled"),
    )
    .filter((f) => !q || f.labels.some((text) => text.includes(q)))
    .sort((a, b) => sign * (a[sort] - b[sort] || a.index - b.index))
    .map((f) => f.index);
}

const density = () =>
  fc.oneof(
    fc.constant(undefined),
    fc.double({ min: 0, max: 1, noNaN: true }),
    // Exactly a feature's own density, where rounding would show.
    fc.nat(599).map((i) => plain[i]!.density),
  );

const mean = () =>
  fc.oneof(
    fc.constant(undefined),
    fc.nat(599).map((i) => plain[i]!.meanActivation),
  );

test("pages put together are the plainly sorted list, for every view", () => {
  fc.assert(
    fc.property(
      fc.record({
        sort: fc.constantFrom(
          ...(["index", "density", "meanActivation", "maxActivation"] as const),
        ),
        order: fc.constantFrom(...(["asc", "desc"] as const)),
        label: fc.constantFrom(...(["any", "labelled", "unlabelled"] as const)),
        state: fc.constantFrom(...(["live", "dead", "dense", "all"] as const)),
        minDensity: density(),
        maxDensity: density(),
        minMean: mean(),
        maxMean: mean(),
        q: fc.constantFrom(undefined, "", "sea", "ships"),
        limit: fc.integer({ min: 7, max: 200 }),
      }),
      (query) => {
        const wanted = oracle(query);
        const pages: number[] = [];
        let cursor: string | undefined;
        do {
          const page = reader.list({ ...query, cursor });
          expect(page.total).toBe(wanted.length);
          expect(page.features.length).toBeLessThanOrEqual(query.limit);
          pages.push(...page.features.map((f) => f.index));
          cursor = page.nextCursor ?? undefined;
        } while (cursor !== undefined);
        expect(pages).toEqual(wanted);
      },
    ),
    { seed: 7, numRuns: 150 },
  );
});

test("a row carries its newest label, their number and its tokens", () => {
  const row = reader.rows([7, 9999]);
  expect([...row.keys()]).toEqual([7]);
  expect(row.get(7)).toMatchObject({ label: TEXTS[3], labelCount: 2 });
  expect(row.get(7)!.topTokens.length).toBeGreaterThan(0);
});

const base: FeatureListQuery = {
  sort: "density",
  order: "desc",
  label: "any",
  state: "live",
  limit: 5,
};

test("a page goes on where it ended when labels changed in between", () => {
  const query = { ...base, label: "unlabelled" as const };
  const first = reader.list(query);
  const { saeHash } = reader.manifest;
  const gone = first.features[1]!.index;
  const before = oracle(query);
  addLabel(labelDatabase(labelFile), { saeHash, feature: gone, text: "new" });
  plain[gone]!.labels.push("new");
  const second = reader.list({ ...query, cursor: first.nextCursor! });
  expect(second.features.map((f) => f.index)).toEqual(before.slice(5, 10));
});

const encode = (value: unknown) =>
  Buffer.from(JSON.stringify(value)).toString("base64url");

test.each([
  ["noise", "%%%"],
  ["no JSON", Buffer.from("{").toString("base64url")],
  ["another order", encode(["firing_count asc", 3, 4])],
  ["a text for a number", encode(["firing_count desc", "3; DROP", 4])],
  ["too few parts", encode(["firing_count desc", 3])],
  ["an object", encode({ length: 3, 0: "firing_count desc", 1: 3, 2: 4 })],
])("a cursor of %s is refused", (_, cursor) => {
  expect(() => reader.list({ ...base, cursor })).toThrow(
    expect.objectContaining({ code: "bad_request" }),
  );
});

test("no view reads a whole table or sorts the features", () => {
  const { connection } = openIndexDatabase(file, labelFile);
  const sorts = [
    "index",
    "density",
    "meanActivation",
    "maxActivation",
  ] as const;
  for (const sort of sorts) {
    for (const state of ["live", "dead", "dense", "all"] as const) {
      for (const cursorOf of [undefined, base]) {
        const query = { ...base, sort, state };
        const cursor = cursorOf && reader.list(query).nextCursor;
        const list = featureListSql(reader.manifest, query);
        const page = featurePageSql(list, {
          limit: 50,
          ...(cursor ? { cursor } : {}),
        });
        const plan = connection
          .prepare<[typeof page.values], { detail: string }>(
            `EXPLAIN QUERY PLAN ${page.sql}`,
          )
          .all(page.values)
          .map((step) => step.detail)
          .join("; ");
        const view = `${sort} ${state}: ${plan}`;
        // A walk along an index, or along the table in its own order.
        expect(view).toMatch(/(SEARCH|SCAN) features( USING|;)/);
        if (sort !== "index" && state !== "dead") {
          expect(view).toMatch(/features USING INDEX features_/);
        }
        expect(view).not.toMatch(/TEMP B-TREE|SCAN l\b/);
      }
    }
  }
  connection.close();
});
