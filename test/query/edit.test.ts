import { expect, test } from "vitest";
import {
  formatQuery,
  parseQuery,
  withoutPart,
  withParts,
  wordsAs,
  wordsAsText,
  type Clause,
} from "#lib/query/index";

const dense: Clause = { field: "is", value: "dense", negated: true };

test.each([
  ["", "-is:dense"],
  ["king", "king -is:dense"],
  ["king  is:dead queen is:any", "king -is:dense queen"],
  ["lable:x is:dead", "lable:x -is:dense"],
])("a part is set in %j", (text, wanted) => {
  expect(withParts(text, (c) => c.field === "is", [dense])).toBe(wanted);
});

test("setting no part takes it out", () => {
  expect(withParts("a is:dead b", (c) => c.field === "is", [])).toBe("a b");
});

test("a part is taken out, wrong ones too", () => {
  const text = 'king "a b" foo:bar on:1';
  expect(withoutPart(text, 5)).toBe("king foo:bar on:1");
  expect(withoutPart(text, 11)).toBe('king "a b" on:1');
  expect(withoutPart(text, 19)).toBe('king "a b" foo:bar');
});

test("bare words are looked for elsewhere", () => {
  const query = parseQuery('king "of the" -queen max:>1');
  expect(formatQuery(wordsAs(query, "label"))).toBe(
    'label:king label:"of the" -label:queen max:>1',
  );
  expect(formatQuery(wordsAsText(query))).toBe(
    'text:"king of the" -queen max:>1',
  );
});
