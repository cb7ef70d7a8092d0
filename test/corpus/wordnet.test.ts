import { describe, expect, it } from "vitest";
import { parseSynset } from "../../lib/corpus/sources/wordnet";

describe("a line of a WordNet data file", () => {
  it("gives category, words and gloss", () => {
    expect(
      parseSynset(
        '00002684 03 n 02 object 0 physical_object 0 001 @ 00001930 n 0000 | a tangible and visible entity; "it was full of balls"  ',
      ),
    ).toEqual({
      category: "noun.Tops",
      words: ["object", "physical object"],
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
});
