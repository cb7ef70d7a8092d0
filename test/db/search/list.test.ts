import fc from "fast-check";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import {
  IndexReader,
  indexReader,
  labelDatabase,
  migrateLabels,
  openIndexDatabase,
} from "#lib/db/index";
import { DENSE_ABOVE } from "#lib/dense";
import { IndexScan } from "#lib/db/index-scan";
import { formatQuery, type Clause, type SortKey } from "#lib/query/index";
import { addLabel } from "#test/db/add-label";
import { buildFixtureIndex } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { ask, numbers } from "./queries";

const folder = temporaryFolder();
const file = join(folder, "list.sqlite");
const labelFile = join(folder, "labels.sqlite");
const TEXTS = ["ships at sea", "Congress", "sea birds", "numbers"];

/** A feature as the oracle knows it. */
interface Plain {
  index: number;
  density: number;
  mean: number;
  max: number;
  skew: number | null;
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
    mean: f.meanActivation,
    max: f.maxActivation,
    skew: reader.feature(f.index)!.moments.skewness,
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

/** Whether a clause holds, as docs/search.md has it. */
function holds(f: Plain, clause: Clause): boolean {
  switch (clause.field) {
    case "density":
    case "max":
    case "mean":
    case "skew": {
      const { min, max, open } = clause.range;
      const value = f[clause.field];
      if (value === null) return false;
      const above = min === null || (open ? value > min : value >= min);
      return above && (max === null || (open ? value < max : value <= max));
    }
    case "has":
      return f.labels.length > 0;
    case "state":
      return clause.value === "unlabelled"
        ? f.labels.length === 0
        : clause.value === "proposed" && f.labels.length > 0;
    case "label":
      return f.labels.some((text) => text.includes(clause.text));
    case "is":
      if (clause.value === "any") return true;
      if (clause.value === "dense") return f.density > DENSE_ABOVE;
      return f.density > 0 === (clause.value === "live");
    case "feature":
      return clause.features.includes(f.index);
    case "words":
    case "near":
    case "fires":
    case "token":
    case "promotes":
    case "suppresses":
    case "about":
    case "source":
    case "text":
    case "like":
    case "on":
    case "sort":
      return true;
  }
}

/** The same list, by sorting everything. */
function oracle(clauses: Clause[], key: SortKey, order: "asc" | "desc") {
  const named = clauses.some((c) => c.field === "is" && !c.negated);
  const sign = order === "asc" ? 1 : -1;
  const value = (f: Plain): number => {
    if (key === "index") return f.index;
    if (key === "rarity") return f.density === 0 ? 0 : -Math.log(f.density);
    if (key === "relevance") return f.density;
    return f[key] ?? sign * Number.MAX_VALUE;
  };
  return plain
    .filter((f) => named || f.density > 0)
    .filter((f) => clauses.every((c) => holds(f, c) !== c.negated))
    .sort((a, b) => sign * (value(a) - value(b) || a.index - b.index))
    .map((f) => f.index);
}

const negated = fc.boolean();
const bound = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }).map((v) => v + 0),
  // Exactly a feature's own value, where rounding would show.
  fc.nat(599).map((i) => plain[i]!.density),
);
const clause = fc.oneof(
  fc.record({
    field: fc.constantFrom("density", "max", "mean", "skew"),
    range: fc.oneof(
      fc.tuple(bound, bound).map(([a, b]) => ({
        min: Math.min(a, b),
        max: Math.max(a, b),
        open: false,
      })),
      fc.record({ min: bound, max: fc.constant(null), open: fc.boolean() }),
      fc.record({ min: fc.constant(null), max: bound, open: fc.boolean() }),
    ),
    negated,
  }),
  fc.record({
    field: fc.constant("is"),
    value: fc.constantFrom("live", "dead", "dense", "any"),
    negated,
  }),
  fc.record({
    field: fc.constant("has"),
    value: fc.constant("label"),
    negated,
  }),
  fc.record({
    field: fc.constant("state"),
    value: fc.constantFrom("unlabelled", "proposed"),
    negated,
  }),
  fc.record({
    field: fc.constant("label"),
    text: fc.constantFrom("sea", "ships", "Congress"),
    quoted: fc.boolean(),
    negated,
  }),
) as fc.Arbitrary<Clause>;

test("pages put together are the plainly sorted list, for every filter and order", () => {
  fc.assert(
    fc.property(
      fc.array(clause, { maxLength: 3 }),
      fc.constantFrom<SortKey>(
        "index",
        "density",
        "max",
        "mean",
        "skew",
        "rarity",
      ),
      fc.constantFrom("asc" as const, "desc" as const),
      fc.integer({ min: 7, max: 200 }),
      (clauses, key, order, limit) => {
        // Labels rank; here another order is asked for.
        const sort = { field: "sort", key, order, negated: false } as const;
        fc.pre(
          key !== "rarity" ||
            !clauses.some((c) => c.field === "label" && !c.negated),
        );
        const wanted = oracle(clauses, key, order);
        const q = formatQuery({ clauses: [...clauses, sort] });
        const pages: number[] = [];
        let cursor: string | undefined;
        do {
          const page = ask(reader, q, { limit, ...(cursor && { cursor }) });
          expect(page.total).toBe(wanted.length);
          expect(page.features.length).toBeLessThanOrEqual(limit);
          pages.push(...numbers(page));
          cursor = page.nextCursor ?? undefined;
        } while (cursor !== undefined);
        expect(pages).toEqual(wanted);
      },
    ),
    { seed: 7, numRuns: 200 },
  );
});

test("without an order the most frequent come first, and only live ones", () => {
  expect(numbers(ask(reader, ""))).toEqual(oracle([], "density", "desc"));
  expect(ask(reader, "sort:relevance").sort).toEqual({
    key: "density",
    order: "desc",
  });
});

test("features are found by their numbers, dead ones too", () => {
  expect(numbers(ask(reader, "#25,3,4 sort:index"))).toEqual([3, 4, 25]);
  expect(numbers(ask(reader, "is:dead -#0,25 sort:index"))[0]).toBe(50);
});

test("a row carries its newest label, their number and its tokens", () => {
  const row = reader.rows([7, 9999]);
  expect([...row.keys()]).toEqual([7]);
  expect(row.get(7)).toMatchObject({ label: TEXTS[3], labelCount: 2 });
  expect(row.get(7)!.topTokens.length).toBeGreaterThan(0);
});

test("a page goes on where it ended when labels changed in between", () => {
  const first = ask(reader, "-label", { limit: 5 });
  const { saeHash } = reader.manifest;
  const gone = first.features[1]!.feature;
  const before = numbers(ask(reader, "-label"));
  addLabel(labelDatabase(labelFile), { saeHash, feature: gone, text: "new" });
  plain[gone]!.labels.push("new");
  const second = ask(reader, "-label", { limit: 5, cursor: first.nextCursor! });
  expect(numbers(second)).toEqual(before.slice(5, 10));
  expect(second.total).toBe(before.length - 1);
});

test.each([
  ["nonsense", () => "!!"],
  ["another order", () => ask(reader, "sort:max", { limit: 5 }).nextCursor!],
  ["another search", () => ask(reader, "max:>0", { limit: 5 }).nextCursor!],
])("a cursor of %s is refused", (_, cursor) => {
  expect(() => ask(reader, "", { cursor: cursor() })).toThrow(
    expect.objectContaining({ code: "bad_request" }),
  );
});

test("a search, whatever is in it, looks rows up by their keys", () => {
  const database = openIndexDatabase(file, labelFile);
  const { connection } = database;
  const statements = new Set<string>();
  const prepare = connection.prepare.bind(connection);
  connection.prepare = ((sql: string) => {
    statements.add(sql);
    return prepare(sql);
  }) as typeof connection.prepare;
  const fresh = new IndexReader(database);
  const everything = [
    'whale "of the" pre* -sea label:sea -label token:the fires:" the"',
    "promotes:the -suppresses:a like:4 #4 density:<1 max:>0 mean:>0 skew:>0",
    "source:fixture is:any state:proposed sort:rarity",
  ];
  for (const q of [...everything, everything.join(" ")]) {
    fresh.rows(numbers(ask(fresh, q)));
  }
  expect(statements.size).toBeGreaterThan(12);
  for (const sql of statements) {
    const explained = sql.replace(/\?\d?/g, "1").replace(/:\w+/g, "'1'");
    const plan = prepare(`EXPLAIN QUERY PLAN ${explained}`)
      .all()
      .map((step) => (step as { detail: string }).detail);
    for (const step of plan) {
      // One row each, or a list that was handed in; FTS5 looks up its words.
      const small =
        /SCAN (columns|atlas|json_each|s VIRTUAL TABLE INDEX \d+:M)/.test(step);
      if (!small) expect(step, sql).not.toMatch(/^SCAN/);
    }
  }
  connection.close();
});
