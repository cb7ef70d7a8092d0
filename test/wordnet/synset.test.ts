import { describe, expect, it } from "vitest";
import { parseSynset } from "#lib/wordnet/index";

describe("a line of a WordNet data file", () => {
  it("gives category, words, relations and gloss", () => {
    expect(
      parseSynset(
        '00002684 03 n 02 object 0 physical_object 0 002 @ 00001930 n 0000 + 00533687 s 0105 | a tangible and visible entity; "it was full of balls"  ',
      ),
    ).toEqual({
      lexicographer: 3,
      words: ["object", "physical object"],
      pointers: [
        { symbol: "@", offset: 1930, pos: "n", source: 0, target: 0 },
        { symbol: "+", offset: 533687, pos: "a", source: 1, target: 5 },
      ],
      gloss: 'a tangible and visible entity; "it was full of balls"',
    });
  });

  it("may carry an adjective's position, which is no part of the word", () => {
    expect(
      parseSynset("00001740 00 a 02 ready(a) 0 prompt(ip) 0 000 | quick")
        ?.words,
    ).toEqual(["ready", "prompt"]);
  });

  it("counts its words in hexadecimal", () => {
    const words = Array.from({ length: 16 }, (_, i) => `w${String(i)}`);
    const line = `00001740 05 n 10 ${words.join(" 0 ")} 0 000 | many`;
    expect(parseSynset(line)?.words).toEqual(words);
  });

  it("is none when it is of the licence", () => {
    const licence = "  1 This software and database | is being provided";
    expect(parseSynset(licence)).toBeUndefined();
  });
});
