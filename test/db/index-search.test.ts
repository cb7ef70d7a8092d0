import fc from "fast-check";
import { decode, encode } from "gpt-tokenizer/encoding/r50k_base";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import {
  indexReader,
  labelDatabase,
  migrateLabels,
  type IndexReader,
} from "#lib/db/index";
import { ftsQuery } from "#lib/db/fts-query";
import { IndexScan } from "#lib/db/index-scan";
import { buildFixtureIndex } from "./fixture";
import { addLabel } from "./add-label";
import { temporaryFolder } from "./temporary";

const folder = temporaryFolder();
const file = join(folder, "search.sqlite");
const labelFile = join(folder, "labels.sqlite");
let reader: IndexReader;

beforeAll(() => {
  buildFixtureIndex(file, { sequences: 60 });
  migrateLabels(labelFile);
  reader = indexReader(file, labelFile);
  const { saeHash } = reader.manifest;
  const db = labelDatabase(labelFile);
  const add = (feature: number, text: string) =>
    addLabel(db, { saeHash, feature, text });
  add(3, "Presidents of the Senate");
  add(3, "the president");
  add(4, "naïve café 🚢");
  add(5, 'quotes " and (brackets) AND *stars*');
});

/** Features, matching contexts and strongest of them, by reading everything. */
function oracle(words: RegExp[]) {
  const scan = IndexScan.open(file);
  const found = new Map<number, { matches: number; peak: number }>();
  for (const example of scan.examples()) {
    if (example.group !== "top") continue;
    const tokens = [...scan.sequence(example.sequence)!];
    const { peakPosition: peak } = example;
    const from = tokens.lastIndexOf(50256, peak) + 1;
    const end = tokens.indexOf(50256, peak);
    const text = decode(
      tokens.slice(
        Math.max(from, peak - 12),
        Math.min(end < 0 ? tokens.length : end, peak + 5),
      ),
    );
    if (!words.every((word) => word.test(text))) continue;
    const seen = found.get(example.feature) ?? { matches: 0, peak: 0 };
    seen.matches++;
    seen.peak = Math.max(seen.peak, example.peakValue);
    found.set(example.feature, seen);
  }
  scan.close();
  return [...found]
    .map(([feature, { matches, peak }]) => ({ feature, matches, peak }))
    .sort(
      (a, b) =>
        b.matches - a.matches || b.peak - a.peak || a.feature - b.feature,
    );
}

test.each([
  ["whale", [/\bwhale\b/i]],
  ["WHALE harbor", [/\bwhale\b/i, /\bharbor\b/i]],
  ['"near the old"', [/\bnear the old\b/i]],
  ["the", [/\bthe\b/i]],
])(
  "%s finds the features that fire near it, most contexts first",
  (q, words) => {
    const wanted = oracle(words);
    expect(wanted.length).toBeGreaterThan(0);
    const { rows, truncated } = reader.searchText(q, 10);
    expect(
      rows.map((r) => ({ feature: r.feature.index, matches: r.matches })),
    ).toEqual(
      wanted.slice(0, 10).map(({ feature, matches }) => ({ feature, matches })),
    );
    expect(truncated).toBe(wanted.length > 10);
    for (const { snippet } of rows) {
      const hits = snippet.filter((part) => part.hit).map((part) => part.text);
      expect(words.every((word) => hits.some((hit) => word.test(hit)))).toBe(
        true,
      );
    }
  },
);

test("tokens find the features that fire on them, with how often", () => {
  const ids = [...encode(" ship"), ...encode(" snow")];
  const { rows } = reader.searchTokens(ids, 200);
  const counts = new Map<number, number>();
  for (let i = 0; i < reader.manifest.dSae; i++) {
    for (const { tokenId, count } of reader.feature(i)!.topTokens) {
      if (!ids.includes(tokenId)) continue;
      counts.set(i, (counts.get(i) ?? 0) + count);
    }
  }
  expect(counts.size).toBeGreaterThan(1);
  expect(new Map(rows.map((r) => [r.feature.index, r.matches]))).toEqual(
    counts,
  );
  const specific = (r: (typeof rows)[number]) =>
    r.matches / r.feature.firingCount;
  expect(specific(rows[0]!)).toBeGreaterThan(specific(rows.at(-1)!));
});

test.each([
  ["presid", [3]],
  ["PRESIDENTS senate", [3]],
  ["naive cafe", [4]],
  ["quotes brackets stars", [5]],
  ["and", [5]],
  ["senate cafe", []],
])("labels are found by %s", (q, features) => {
  const { rows } = reader.searchLabels(q, 10);
  expect(rows.map((r) => r.feature.index)).toEqual(features);
});

test("a label's snippet marks the match", () => {
  expect(reader.searchLabels("cafe", 1).rows[0]!.snippet).toEqual([
    { text: "naïve ", hit: false },
    { text: "café", hit: true },
    { text: " 🚢", hit: false },
  ]);
  expect(reader.searchLabels("presid", 1).rows[0]!.matches).toBe(2);
});

const NASTY = [
  '"',
  '""',
  '"""',
  "'",
  "*",
  "^",
  "-",
  "+",
  ":",
  "{",
  "}",
  "(",
  ")",
  "\\",
  "AND",
  "OR",
  "NOT",
  "NEAR",
  "NEAR(a, 2)",
  "text:",
  "label_search:",
  "a*",
  "\0",
  "a\0b",
  "🚢",
  "👩‍🚀",
  "é",
  "e\u0301",
  "\ud800",
  "\u0001\u0002",
  "�",
  "--",
  "; DROP TABLE labels",
  "/*",
  " ",
  "\n",
  "日本語",
  "whale",
  "\ue000",
];

test("whatever is typed is searched for, never run or refused", () => {
  const typed = fc.oneof(
    fc
      .array(fc.constantFrom(...NASTY), { maxLength: 6 })
      .map((a) => a.join(" ")),
    fc
      .array(fc.constantFrom(...NASTY), { maxLength: 6 })
      .map((a) => a.join("")),
    fc.string({ unit: "binary", maxLength: 40 }),
  );
  fc.assert(
    fc.property(typed, (q) => {
      reader.searchText(q, 3);
      reader.searchLabels(q, 3);
      reader.list({
        sort: "density",
        order: "desc",
        label: "any",
        state: "all",
        q,
        limit: 3,
      });
    }),
    { seed: 11, numRuns: 400 },
  );
});

test.each([
  ["big whale", '"big" "whale"'],
  ['say "the end" now', '"say" "the end" "now"'],
  ['un"closed', '"unclosed"'],
  ["a OR b", '"a" "OR" "b"'],
  ["🚢 * ( ^", undefined],
])("%s becomes the query %s", (typed, query) => {
  expect(ftsQuery(typed)).toBe(query);
});
