import { describe, expect, it, test } from "vitest";
import { skeleton } from "#lib/people/look-alikes";
import { nameKey, parseName } from "#lib/people/names";

describe("a name", () => {
  it.each([
    "Ada",
    "ada lovelace",
    "José Ñandú",
    "O'Hara",
    "O’Hara",
    "J.-P. Sartre",
    "agent_7",
    "Łukasz",
    "Åsa",
    "Борис Годунов",
    "Ελένη",
    "שרה",
    "محمد",
    "रमा देवी",
    "สมชาย",
    "田中さくら",
    "田中 Taro",
    "김민수",
    "Արամ",
    "გიორგი",
  ])("may be %s", (name) => {
    expect(parseName(name).name).toBe(name);
  });

  it.each([
    ["", "is empty"],
    ["   ", "is empty"],
    ["a".repeat(61), "longer than 60"],
    ["a".repeat(100_000), "longer than 60"],
    ["Ada\u200b", "cannot be seen"],
    ["A\u00adda", "cannot be seen"],
    ["\u202eadA", "cannot be seen"],
    ["Ada\u2066", "cannot be seen"],
    ["\u3164", "cannot be seen"],
    ["A\u034fda", "cannot be seen"],
    ["Ada\ufe0f", "cannot be seen"],
    ["Ada\u0000", "cannot be seen"],
    ["Ada\n", "Ada"],
    ["A\nda", "cannot be seen"],
    ["\ud800", "cannot be seen"],
    ["<b>Ada</b>", "begin with a letter"],
    ["Ada<script>", "letters, digits, spaces"],
    ["Ada:admin", "letters, digits, spaces"],
    ["Ada'); DROP TABLE people;--", "letters, digits, spaces"],
    ["@Ada", "begin with a letter"],
    ["Ada ✓", "letters, digits, spaces"],
    ["A\u0301\u0301\u0301\u0301da", "piles up"],
    ["Ada...", "piles up"],
    // Cyrillic А, Greek ο, Cherokee Ꭺ, Latin and Greek.
    ["Аda", "several scripts"],
    ["Leο", "several scripts"],
    ["Ꭺda", "several scripts"],
    ["Adα", "several scripts"],
    ["admin", "Monolex itself"],
    ["ADMlN", "Monolex itself"],
    ["Mono-lex", "Monolex itself"],
    ["rооt".replaceAll("о", "0"), "Monolex itself"],
    ["You", "Monolex itself"],
  ])("%j: %s", (name, message) => {
    if (message === "Ada") expect(parseName(name).name).toBe("Ada");
    else expect(() => parseName(name)).toThrow(message);
  });

  it("is one form of the many that Unicode has", () => {
    expect(parseName("Jose\u0301").name).toBe("José");
    expect(parseName("\uff21\uff44\uff41").name).toBe("Ada");
    expect(parseName("𝐀𝖉𝒶").name).toBe("Ada");
    expect(parseName("  Ada   Lovelace ").name).toBe("Ada Lovelace");
  });

  it("is logged in with in any case", () => {
    for (const [a, b] of [
      ["ADA", "ada"],
      ["STRASSE", "Straße"],
      ["ΣΟΦΟΣ", "σοφοσ"],
      ["ÉLAN", "e\u0301lan"],
    ] as const) {
      expect(nameKey(a), a).toBe(nameKey(b));
    }
    expect(nameKey("Ian")).not.toBe(nameKey("lan"));
  });
});

test.each([
  ["Ian", "lan"],
  ["Bill", "Bi11"],
  ["Bob", "B0b"],
  ["Arne", "Ame"],
  ["Wanda", "vvanda"],
  ["Zoë", "Zoe"],
  ["Ada L", "Ada.L"],
  ["O'Hara", "OHara"],
  // All Cyrillic, all Greek, all Armenian against all Latin.
  ["Сара", "Capa"],
  ["ΗΑΝΑ", "HANA"],
  ["ոսո", "nun"],
  // Katakana and Han.
  ["ロボ力", "口ボカ"],
  ["Ada١", "Adal"],
])("%s looks like %s", (a, b) => {
  expect(skeleton(a)).toBe(skeleton(b));
});

test.each([
  ["Ada", "Ida"],
  ["Nina", "Hina"],
  ["Mia", "Mila"],
  ["Борис", "Bopuc"],
  ["रमा", "राम"],
  ["田中", "田口"],
])("%s does not look like %s", (a, b) => {
  expect(skeleton(a)).not.toBe(skeleton(b));
});
