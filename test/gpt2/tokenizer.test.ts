import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BOS,
  decode,
  tokenBytes,
  tokenize,
  tokenTexts,
  VOCABULARY_SIZE,
} from "#lib/gpt2/index";

const joined = (ids: ArrayLike<number>) =>
  tokenTexts(ids)
    .map((t) => t.text)
    .join("");

describe("the tokenizer", () => {
  it.each([
    "Hello world",
    " leading and trailing ",
    "line\nbreaks\r\n\r\nand\ttabs",
    `long${" ".repeat(300)}white${"\n".repeat(70)}space`,
    "naïve café, Ω≈ç√∫",
    "漢字とかな交じり文、中文，한국어",
    "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇺🇳 e\u0301",
    "<|endoftext|> is text here, not a token",
    "\u0000\u0001\u007f\u0080\ufeff\ufffd",
    "it's they'll I'd we've IT'S 12345 3.14",
    "مرحبا بالعالم",
  ])("round-trips %j", (text) => {
    const ids = tokenize(text);
    expect(decode(ids)).toBe(text);
    expect(joined(ids)).toBe(text);
    expect(ids).not.toContain(BOS);
  });

  it("round-trips any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        fc.pre(text.isWellFormed());
        expect(decode(tokenize(text))).toBe(text);
        expect(joined(tokenize(text))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it("has a token for every byte, and every token has bytes", () => {
    const single = new Set<number>();
    for (let id = 0; id < VOCABULARY_SIZE; id++) {
      const bytes = tokenBytes(id);
      expect(bytes.length).toBeGreaterThan(0);
      if (bytes.length === 1) single.add(bytes[0]!);
    }
    expect(single.size).toBe(256);
    expect(() => tokenBytes(VOCABULARY_SIZE)).toThrow(RangeError);
  });

  it("keeps empty text empty", () => {
    expect(tokenize("")).toHaveLength(0);
  });

  it("gives a split character to its first token and marks all it touches", () => {
    const ids = tokenize("a👍b");
    const texts = tokenTexts(ids);
    expect(texts[0]).toEqual({ id: ids[0], text: "a" });
    expect(texts[1]).toMatchObject({ text: "👍", partial: true });
    for (const t of texts.slice(2, -1)) {
      expect(t).toMatchObject({ text: "", partial: true });
    }
    expect(texts.at(-1)).toEqual({ id: ids.at(-1), text: "b" });
  });

  it("shows bytes that are no character as U+FFFD, one for each", () => {
    const single = (byte: number) => {
      for (let id = 0; id < 256; id++) {
        if (tokenBytes(id)[0] === byte) return id;
      }
      throw new Error("no such token");
    };
    for (const broken of [
      [0xff],
      [0xe6, 0xbc],
      [0xc0, 0x80],
      [0xed, 0xa0, 0x80],
      [0xf5, 0x80, 0x80, 0x80],
    ]) {
      const texts = tokenTexts(broken.map(single));
      expect(texts.map((t) => t.text).join("")).toBe(
        "\ufffd".repeat(broken.length),
      );
      expect(texts.every((t) => t.partial)).toBe(true);
    }
  });

  it("agrees with the platform's own decoder on any run of tokens", () => {
    const id = fc.integer({ min: 0, max: VOCABULARY_SIZE - 1 });
    fc.assert(
      fc.property(fc.array(id, { maxLength: 12 }), (ids) => {
        // The decoder may fold several broken bytes into one U+FFFD.
        const fold = (s: string) => s.replaceAll(/\ufffd+/g, "\ufffd");
        expect(fold(joined(ids))).toBe(fold(decode(ids)));
      }),
      { numRuns: 500 },
    );
  });
});
