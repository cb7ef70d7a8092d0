import fc from "fast-check";
import { encode } from "gpt-tokenizer/encoding/r50k_base";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import {
  indexReader,
  labelDatabase,
  markPatterns,
  migrateLabels,
  setOf,
  type Found,
  type IndexReader,
} from "#lib/db/index";
import { ftsQuery } from "#lib/db/fts-query";
import { IndexScan } from "#lib/db/index-scan";
import { quote } from "#lib/query/index";
import { addLabel } from "#test/db/add-label";
import { buildFixtureIndex } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { ask, numbers, textOf } from "./queries";

const folder = temporaryFolder();
const file = join(folder, "search.sqlite");
const labelFile = join(folder, "labels.sqlite");
let reader: IndexReader;
/** The windows of every feature's top contexts, by feature. */
let contexts: Map<number, { tokens: number[]; peak: number }[]>;

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
  add(8, "a legislative assembly");
  add(6, 'quotes " and (brackets) AND *stars*');
  contexts = readContexts();
});

function readContexts() {
  const scan = IndexScan.open(file);
  const all: typeof contexts = new Map();
  for (const example of scan.examples()) {
    if (example.group !== "top") continue;
    const tokens = [...scan.sequence(example.sequence)!];
    const { peakPosition: peak } = example;
    const from = Math.max(tokens.lastIndexOf(50256, peak) + 1, peak - 12);
    const end = tokens.indexOf(50256, peak);
    const to = Math.min(end < 0 ? tokens.length : end, peak + 5);
    const list = all.get(example.feature) ?? [];
    list.push({ tokens: tokens.slice(from, to), peak: peak - from });
    all.set(example.feature, list);
  }
  scan.close();
  return all;
}

/** Features by how many of their contexts pass, the rarer first. */
function oracle(
  passes: (context: { tokens: number[]; peak: number }) => boolean,
) {
  const rows = reader.rows([...contexts.keys()]);
  return [...contexts]
    .map(([feature, list]) => ({
      feature,
      matches: list.filter(passes).length,
      density: rows.get(feature)!.density,
    }))
    .filter(({ matches }) => matches > 0)
    .sort(
      (a, b) =>
        b.matches - a.matches || a.density - b.density || b.feature - a.feature,
    )
    .map(({ feature, matches }) => ({ feature, matches }));
}

const matches = (found: Found) =>
  found.features.map(({ feature, hits: [hit] }) => ({
    feature,
    matches: hit && "contexts" in hit ? hit.contexts : undefined,
  }));

test.each<[string, RegExp[]]>([
  ["whale", [/\bwhale\b/i]],
  ["WHALE harbor", [/\bwhale\b/i, /\bharbor\b/i]],
  ['"near the old"', [/\bnear the old\b/i]],
  ["the", [/\bthe\b/i]],
  ["sail*", [/\bsail/i]],
  ['"the ship"', [/\bthe ship\b/i]],
  ['"?"', [/\?/]],
  ['"”"', [/”/]],
  ["(whale)", [/\bwhale\b/i]],
  ['", and"', [/, and\b/i]],
])(
  "%s finds the features that fire near it, most contexts first",
  (q, words) => {
    const wanted = oracle(({ tokens }) => {
      const text = textOf(tokens);
      return words.every((word) => word.test(text));
    });
    expect(wanted.length).toBeGreaterThan(0);
    const found = ask(reader, q);
    expect(matches(found)).toEqual(wanted);
    expect(found.total).toBe(wanted.length);
    for (const { hits } of found.features) {
      const [hit] = hits;
      if (hit?.kind !== "near") throw new Error("not found in a context");
      const text = textOf(hit.example.tokens);
      expect(words.every((word) => word.test(text))).toBe(true);
      const marked = markPatterns(text, found.patterns);
      expect(marked.map((part) => part.text).join("")).toBe(text);
      const marks = marked.filter((part) => part.hit).map((part) => part.text);
      expect(words.every((word) => marks.some((mark) => word.test(mark)))).toBe(
        true,
      );
    }
  },
);

test("a word that is in no context stands for those that begin so", () => {
  const found = ask(reader, "wha");
  expect(found.expansions).toEqual([{ typed: "wha", words: ["whale"] }]);
  expect(numbers(found)).toEqual(numbers(ask(reader, "whale")));
  expect(ask(reader, '"wha"').total).toBe(0);
  expect(ask(reader, "zzxqy").expansions[0]!.words).toEqual([]);
});

test("what is negated is left out", () => {
  const whales = new Set(numbers(ask(reader, "whale")));
  const others = numbers(ask(reader, "-whale"));
  expect(others.some((feature) => whales.has(feature))).toBe(false);
  expect(others.length + whales.size).toBe(ask(reader, "").total);
  // Nothing begins so that would be left out.
  expect(ask(reader, "-wha").total).toBe(ask(reader, "").total);
});

test.each([" snow", " the old", "?", " old ship,", "snow", ".", '"'])(
  "fires:%j finds exactly these tokens at a peak",
  (text) => {
    const run = encode(text);
    const wanted = oracle(({ tokens, peak }) =>
      run.some((_, i) => run.every((id, j) => tokens[peak - i + j] === id)),
    );
    const found = ask(reader, `fires:${quote(text)}`);
    expect(matches(found)).toEqual(wanted);
  },
);

test("without quotes fires: takes any spelling", () => {
  const all = ["snow", " snow", "Snow", " Snow"].flatMap((text) =>
    numbers(ask(reader, `fires:${quote(text)}`)),
  );
  expect(all.length).toBeGreaterThan(0);
  expect(new Set(numbers(ask(reader, "fires:snow")))).toEqual(new Set(all));
});

test("tokens find the features that fire on them, with how often", () => {
  const ids = [" snow", "snow", " Snow", "Snow"].map(
    (text) => encode(text)[0]!,
  );
  const counts = new Map<number, number>();
  for (let i = 0; i < reader.manifest.dSae; i++) {
    for (const { tokenId, count } of reader.feature(i)!.topTokens) {
      if (!ids.includes(tokenId)) continue;
      counts.set(i, (counts.get(i) ?? 0) + count);
    }
  }
  const found = ask(reader, "token:snow");
  expect(counts.size).toBeGreaterThan(0);
  const firings = found.features.map(({ feature, hits: [hit] }) => {
    if (hit?.kind !== "token") throw new Error("not found by a token");
    expect(ids).toContain(hit.token);
    return [feature, hit.firings] as const;
  });
  expect(new Map(firings)).toEqual(counts);
  const rows = reader.rows(numbers(found));
  const scores = firings.map(
    ([feature, count]) => count ** 2 / rows.get(feature)!.firingCount,
  );
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
});

test.each([
  ["promotes", 1],
  ["suppresses", -1],
] as const)("%s: finds the logits that a feature moves most", (field, sign) => {
  const [id] = encode(" whale");
  const wanted = new Map<number, number>();
  for (let i = 0; i < reader.manifest.dSae; i++) {
    const { positiveLogits, negativeLogits, firingCount } = reader.feature(i)!;
    // The later of two records of a token is the one that is kept.
    const effects = [...positiveLogits, ...negativeLogits].filter(
      (logit) => logit.tokenId === id,
    );
    const value = effects.at(-1)?.value ?? 0;
    if (sign * value > 0 && firingCount > 0) wanted.set(i, Math.fround(value));
  }
  expect(wanted.size).toBeGreaterThan(0);
  const found = ask(reader, `${field}:" whale"`);
  const effects = found.features.map(({ feature, hits: [hit] }) =>
    hit?.kind === field ? ([feature, hit.effect] as const) : [],
  );
  expect(new Map(effects as [number, number][])).toEqual(wanted);
});

test("like: finds the nearest by decoder cosine, nearest first", () => {
  const found = ask(reader, "like:5 is:any");
  expect(
    found.features.map(({ feature, hits: [hit] }) => ({
      feature,
      cosine: hit?.kind === "like" ? hit.cosine : undefined,
    })),
  ).toEqual(reader.feature(5)!.neighbours);
});

test("an own text's features are ranked by what it gave them", () => {
  const given = setOf(
    new Map([
      [7, 2],
      [3, 5],
      [9, 1],
      [4, 2],
    ]),
  );
  const found = ask(reader, "text:x -#4", {}, given);
  expect(numbers(found)).toEqual([3, 7, 9]);
  const rows = reader.rows([3, 7, 9]);
  const rarity = (f: number, value: number) =>
    value * -Math.log(rows.get(f)!.density);
  const byRarity = [
    [3, rarity(3, 5)],
    [7, rarity(7, 2)],
    [9, rarity(9, 1)],
  ] as const;
  expect(numbers(ask(reader, "text:x -#4 sort:rarity", {}, given))).toEqual(
    [...byRarity].sort((a, b) => b[1] - a[1]).map(([feature]) => feature),
  );
});

test.each([
  ["label:presid", [3]],
  ["label:PRESIDENTS label:senate", [3]],
  ['label:"of the senate"', [3]],
  ['label:"the of"', []],
  ["label:cafe label:naïve", [4]],
  ["label:(brackets)", [6]],
  ["label:and", [6]],
  ["label:senate label:cafe", []],
  ["label:🚢", []],
])("%s finds by labels", (q, features) => {
  expect(numbers(ask(reader, q))).toEqual(features);
});

test("a label's match is marked", () => {
  const [found] = ask(reader, "label:cafe").features;
  const [hit] = found!.hits;
  if (hit?.kind !== "label") throw new Error("not found by a label");
  expect(hit.mark(reader.labelTexts([hit.id]).get(hit.id)!)).toEqual([
    { text: "naïve ", hit: false },
    { text: "café", hit: true },
    { text: " 🚢", hit: false },
  ]);
  expect(ask(reader, "label:presid").features[0]!.hits).toMatchObject([
    { kind: "label", labels: 2 },
  ]);
});

test.each([
  ["about:legislature", [8, 3]], // the senate is one
  ["about:legislature about:presidents", [3]],
  ['about:"legislature presidents"', [3]],
  ['about:"legislature coffee"', []],
  ["about:coffeehouse", [4]],
  ["about:coffeehouse -about:naive", []],
  ["about:brackets", [6]],
  ["about:ocean", []],
  ["about:🚢", []],
  ["about:(", []],
])("%s finds by what labels mean", (q, features) => {
  expect(numbers(ask(reader, q))).toEqual(features);
});

test("a label with the word itself comes before one that means something near", () => {
  const { features } = ask(reader, "about:senate");
  expect(features.map(({ feature }) => feature)).toEqual([3, 8]);
  const marked = features.map(({ hits: [hit] }) => {
    if (hit?.kind !== "label") throw new Error("not found by a label");
    return hit
      .mark(reader.labelTexts([hit.id]).get(hit.id)!)
      .map(({ text, hit }) => (hit ? `[${text}]` : text))
      .join("");
  });
  expect(marked).toEqual([
    "Presidents of the [Senate]",
    "a [legislative assembly]",
  ]);
});

test("phrases that overlap are marked to the end of the last", () => {
  const phrases = ["the king", "king of", "king"].map((text) => ({
    terms: text.split(" "),
  }));
  const parts = markPatterns("so the king of it", phrases);
  const marked = parts.map(({ text, hit }) => (hit ? text : "|")).join("");
  expect(marked).toBe("|the king of|");
});

const NASTY = ['"', '""', "'", "*", "^", "-", "+", ":", "{", "(", ")", "\\"]
  .concat(["AND", "OR", "NOT", "NEAR(a, 2)", "text:", "a*", "\0", "a\0b"])
  .concat(["🚢", "👩‍🚀", "e\u0301", "\ud800", "\u0001", "�", "--", "日本語"])
  .concat(["; DROP TABLE labels", "/*", " ", "\n", "whale", "\ue000"]);

test("whatever is typed is searched for, never run or refused", () => {
  const typed = fc.oneof(
    fc
      .array(fc.constantFrom(...NASTY), { minLength: 1, maxLength: 6 })
      .map((a) => a.join(" ")),
    fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
  );
  fc.assert(
    fc.property(typed, (text) => {
      fc.pre(text.trim() !== "");
      for (const field of [
        "",
        "label:",
        "about:",
        "fires:",
        "token:",
        "promotes:",
      ]) {
        ask(reader, `${field}${quote(text)}`, { limit: 3 });
      }
      const word = text.replace(/[\s":#-]/g, "") || "x";
      ask(reader, `${word} label:${word}`, { limit: 3 });
    }),
    { seed: 11, numRuns: 300 },
  );
});

test.each([
  ["big whale", false, '"big"* "whale"*'],
  ["the end", true, '"the end"'],
  ['un"closed', false, '"un"* "closed"*'],
  ["🚢 * ( ^", false, undefined],
])("%s (quoted: %s) becomes the query %s", (typed, quoted, query) => {
  expect(ftsQuery(typed, { quoted })).toBe(query);
});
