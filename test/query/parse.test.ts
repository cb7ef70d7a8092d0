import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  formatQuery,
  IS_VALUES,
  NUMBER_FIELDS,
  parseQuery,
  SORT_KEYS,
  STATE_VALUES,
  TEXT_FIELDS,
  type Clause,
} from "#lib/query/index";

const words = (text: string, quoted = false, negated = false) => ({
  field: "words",
  text,
  quoted,
  negated,
});

test.each<[string, object[]]>([
  ["", []],
  ["  ", []],
  ["king", [words("king")]],
  ["king  queen", [words("king"), words("queen")]],
  ['"of the king"', [words("of the king", true)]],
  ["“of the king”", [words("of the king", true)]],
  ['"still typ', [words("still typ", true)]],
  ["-queen", [words("queen", false, true)]],
  ['-"a b"', [words("a b", true, true)]],
  ["- --", [words("-"), words("--")]],
  ['un"closed', [words('un"closed')]],
  ['"a"b', [words("a", true), words("b")]],
  [
    "near:king",
    [{ field: "near", text: "king", quoted: false, negated: false }],
  ],
  ["presid*", [words("presid*")]],
  ["1984", [words("1984")]],
  ["10:30", [words("10:30")]],
  ["-label", [{ field: "has", value: "label", negated: true }]],
  ["-LABEL", [{ field: "has", value: "label", negated: true }]],
  ["label", [words("label")]],
  ['-"label"', [words("label", true, true)]],
  ["has:label", [{ field: "has", value: "label", negated: false }]],
  ["-has:label", [{ field: "has", value: "label", negated: true }]],
  ["#12", [{ field: "feature", features: [12], negated: false }]],
  ["-#1,2", [{ field: "feature", features: [1, 2], negated: true }]],
  ["#abc", [words("#abc")]],
  ["like:12", [{ field: "like", feature: 12, negated: false }]],
  ["like:#12", [{ field: "like", feature: 12, negated: false }]],
  ["is:Dead", [{ field: "is", value: "dead", negated: false }]],
  ["-is:dense", [{ field: "is", value: "dense", negated: true }]],
  [
    'fires:" king"',
    [{ field: "fires", text: " king", quoted: true, negated: false }],
  ],
  [
    'FIRES:"\\n\\t\\"\\\\\\x"',
    [{ field: "fires", text: '\n\t"\\\\x', quoted: true, negated: false }],
  ],
  ['token:" "', [{ field: "token", text: " ", quoted: true, negated: false }]],
  [
    'text:"a b" on:3,1,3',
    [
      { field: "text", text: "a b", quoted: true, negated: false },
      { field: "on", tokens: [1, 3], negated: false },
    ],
  ],
  [
    "sort:mean",
    [{ field: "sort", key: "mean", order: "desc", negated: false }],
  ],
  [
    "sort:index",
    [{ field: "sort", key: "index", order: "asc", negated: false }],
  ],
  [
    "sort:max-asc",
    [{ field: "sort", key: "max", order: "asc", negated: false }],
  ],
])("%j is read", (text, clauses) => {
  const { problems, ...query } = parseQuery(text);
  expect(problems).toEqual([]);
  expect(query.clauses).toEqual(clauses);
});

test.each<[string, number | null, number | null, boolean]>([
  ["density:<1e-3", null, 0.001, true],
  ["density:<=1e-3", null, 0.001, false],
  ["density:>0.1%", 0.001, null, true],
  ["density:>=7%", 0.07, null, false],
  ["density:0.1%..1%", 0.001, 0.01, false],
  ["density:..1e-1%", null, 0.001, false],
  ["density:.5..", 0.5, null, false],
  ["max:=2.5", 2.5, 2.5, false],
  ["max:2.5", 2.5, 2.5, false],
  ["skew:-1..2", -1, 2, false],
  ['mean:"> 3"', null, null, false],
])("%s is a range", (text, min, max, open) => {
  const { clauses, problems } = parseQuery(text);
  if (min === null && max === null) {
    expect(problems).toHaveLength(1);
    return;
  }
  expect(clauses).toMatchObject([{ range: { min, max, open } }]);
});

/** The text, what of it is wrong, how that is said, and what it becomes. */
test.each<[string, string, RegExp, string?]>([
  ["king lable:x", "lable:x", /did you mean “label:”/, "label:x"],
  ["-dencity:<1", "-dencity:<1", /“density:”/, "-density:<1"],
  ["http://a.b/c", "http://a.b/c", /quotes/, '"http://a.b/c"'],
  ["density:", "density:", /needs a number/, "density:<1e-3"],
  ["density:often king", "density:often", /needs a number/, "density:<1e-3"],
  ["density:<5", "density:<5", /share/, "density:<5%"],
  ["density:1%..50", "density:1%..50", /share/, "density:1%..50%"],
  ["density:>-1", "density:>-1", /share/],
  ["max:3..1", "max:3..1", /ends before/, "max:1..3"],
  ["max:1e999", "max:1e999", /needs a number/, "max:>10"],
  ["king like:x", "like:x", /number of a feature/, "like:123"],
  ["is:deda", "is:deda", /live, dead, dense or any/, "is:dead"],
  ["state:", "state:", /unlabelled, proposed/, "state:unlabelled"],
  ["has:labels", "has:labels", /followed by “label”/, "has:label"],
  ["sort:size", "sort:size", /relevance, rarity/],
  ["-sort:max", "-sort:max", /cannot be turned round/],
  ["sort:max sort:mean", "sort:mean", /once/],
  ['text:"a" text:"b"', 'text:"b"', /once/],
  ["a on:1", "on:1", /needs “text:”/],
  ["text:a on:0", "on:0", /from 1/, "on:1"],
  ['fires:""', 'fires:""', /needs a text/],
  ["label:", "label:", /needs a text/],
  ['label:" "', 'label:" "', /needs a text/],
  ['a ""', '""', /nothing between/],
])("%s is explained at its place", (text, wrong, message, suggestion) => {
  const { problems } = parseQuery(text);
  expect(problems).toHaveLength(1);
  const [problem] = problems;
  expect(text.slice(problem!.start, problem!.end)).toBe(wrong);
  expect(problem!.message).toMatch(message);
  expect(problem!.message).toMatch(/\.$/);
  if (suggestion !== undefined) expect(problem!.suggestion).toBe(suggestion);
});

it("says that a search has too many parts, at the first of them", () => {
  const { problems } = parseQuery("a ".repeat(30));
  expect(problems).toMatchObject([{ start: 48, end: 49 }]);
});

/** Text without what would end a word or begin something else. */
const word = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 8 })
  .map((text) => text.replace(/\s/gu, "_"));
const anyText = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .filter((text) => text.trim() !== "");
const share = fc.double({ min: 0, max: 1, noNaN: true }).map((v) => v + 0);
const ascending = (values: fc.Arbitrary<number>) =>
  fc.tuple(values, values).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
const rangeOf = (values: fc.Arbitrary<number>) =>
  fc.oneof(
    ascending(values).map(([min, max]) => ({ min, max, open: false })),
    fc.record({
      min: values,
      max: fc.constant(null),
      open: fc.boolean(),
    }),
    fc.record({
      min: fc.constant(null),
      max: values,
      open: fc.boolean(),
    }),
  );
const negated = fc.boolean();
const constant = <T>(value: T) => fc.constant(value);
const feature = fc.nat({ max: 99_999_999 });
const clause = fc.oneof(
  fc.record({
    field: fc.constantFrom(...TEXT_FIELDS),
    text: anyText,
    quoted: constant(true),
    negated,
  }),
  fc.record({
    field: fc.constantFrom(...NUMBER_FIELDS),
    range: rangeOf(share),
    negated,
  }),
  fc.record({ field: constant("has"), value: constant("label"), negated }),
  fc.record({
    field: constant("is"),
    value: fc.constantFrom(...IS_VALUES),
    negated,
  }),
  fc.record({
    field: constant("state"),
    value: fc.constantFrom(...STATE_VALUES),
    negated,
  }),
  fc.record({ field: constant("like"), feature, negated }),
  fc.record({
    field: constant("feature"),
    features: fc.array(feature, { minLength: 1, maxLength: 4 }),
    negated,
  }),
  fc.record({
    field: constant("sort"),
    key: fc.constantFrom(...SORT_KEYS),
    order: fc.constantFrom("asc", "desc"),
    negated: constant(false),
  }),
) as fc.Arbitrary<Clause>;

describe("formatting", () => {
  it("is undone by reading", () => {
    fc.assert(
      fc.property(fc.array(clause, { maxLength: 8 }), (clauses) => {
        expect(parseQuery(formatQuery({ clauses })).clauses).toEqual(clauses);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it("changes nothing but the spelling of what was typed", () => {
    const piece = fc.oneof(
      word,
      fc.constantFrom(
        "-",
        '"',
        '"a b"',
        "fires:",
        'fires:" x\\n"',
        "-label",
        "density:<",
        "density:<1e-3",
        "max:1..2",
        "#1,2",
        "“x”",
        " ",
        "king*",
        "sort:max-asc",
        "is:",
        "foo:bar",
        "\\",
      ),
    );
    const typed = fc.array(piece, { maxLength: 8 }).map((a) => a.join(" "));
    const stuck = fc.array(piece, { maxLength: 5 }).map((a) => a.join(""));
    fc.assert(
      fc.property(fc.oneof(typed, stuck), (text) => {
        const { clauses, placed, problems } = parseQuery(text);
        const formatted = formatQuery({ clauses });
        expect(parseQuery(formatted).clauses).toEqual(clauses);
        // Every character is part of a clause, of a problem, or space.
        const covered = [...placed, ...problems];
        for (let i = 0; i < text.length; i++) {
          const inside = covered.some((c) => c.start <= i && i < c.end);
          if (!inside) expect(text[i]).toMatch(/\s/);
        }
      }),
      { seed: 5, numRuns: 1000 },
    );
  });

  test.each([
    ["density:<1e-3", "density:<0.1%"],
    ["density:0.1%..1%", "density:0.1%..1%"],
    ["density:>=0.00001", "density:>=0.00001"],
    ["max:=3", "max:3"],
    ["has:label -has:label", "has:label -label"],
    ["“x”", '"x"'],
    ["sort:density-desc", "sort:density"],
  ])("writes %s as %s", (text, formatted) => {
    expect(formatQuery(parseQuery(text))).toBe(formatted);
  });
});
