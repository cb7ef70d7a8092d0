import { describe, expect, it } from "vitest";
import { csvText, lensCsv, lensJson } from "#app/_components/lens-files";
import {
  COLOURINGS,
  featureColumn,
  paint,
  signed,
  type Colouring,
} from "#app/_components/lens-painting";
import { rankFeatures } from "#app/_components/lens-ranking";
import { LENS_SAMPLES } from "#app/_components/lens-samples";
import {
  fitsQuery,
  packedOf,
  packText,
  unpackText,
} from "#app/_components/text-in-url";
import { tokenMark } from "#app/_components/visible-text";
import { lensRequestSchema } from "#lib/contract/index";
import { tokenize } from "#lib/gpt2/index";
import { predictionsOf, readingOf } from "./lens-fixture";

const lens = readingOf();
const losses = predictionsOf();
const painted = (by: Colouring, change = {}) => {
  const subject = { lens, losses, feature: 9, featureMax: 16, ...change };
  return paint(by, subject)!;
};
const steps = (by: Colouring, change = {}) => [...painted(by, change).steps];

describe("colours", () => {
  it("stand for the error relative to that of the whole text", () => {
    // Steps above 0.1, 0.15, 0.2, 0.3.
    expect(steps("error")).toEqual([0, 1, 3, 4]);
    expect(painted("error").legend.map((l) => l.text)).toEqual([
      "> 10.0 %",
      "> 15.0 %",
      "> 20.0 %",
      "> 30.0 %",
    ]);
    expect(painted("error").words(1)).toBe("error 12.0 %");
  });

  it("stand for losses in nats; the last token has none", () => {
    expect(steps("loss")).toEqual([0, 1, 4, 0]);
    expect(painted("loss").words(3)).toBe("no next token");
    expect(steps("kl")).toEqual([0, 2, 4, 0]);
  });

  it("tell what the SAE makes worse from what it makes better", () => {
    expect(steps("added")).toEqual([0, 3, -4, 0]);
    expect(painted("added").words(2)).toBe("loss −3.00");
    expect(painted("added").legend).toHaveLength(8);
  });

  it("are none where every token has as many features", () => {
    expect(steps("l0")).toEqual([4, 2, 0, 4]);
    const even = readingOf({ l0: Uint32Array.of(3, 3, 3, 3) });
    expect(steps("l0", { lens: even })).toEqual([0, 0, 0, 0]);
    expect(painted("l0", { lens: even }).note).toMatch(/exactly 3/);
  });

  it("stand for a feature relative to its maximum over the corpus, or here", () => {
    expect([...featureColumn(lens, 9)]).toEqual([1, 8, 0, 0]);
    expect(steps("feature")).toEqual([1, 2, 0, 0]);
    expect(steps("feature", { featureMax: 4 })).toEqual([1, 4, 0, 0]);
    expect(painted("feature", { featureMax: 4 }).note).toMatch(/or here/);
    expect(painted("feature").words(2)).toBe("");
    expect(painted("feature", { feature: null }).note).toMatch(/number/);
  });

  it("wait for losses only where they need them", () => {
    const without = { lens, losses: undefined, feature: 9, featureMax: 1 };
    expect(COLOURINGS.filter((by) => paint(by, without) === undefined)).toEqual(
      ["loss", "added", "kl"],
    );
  });
});

describe("ranking the features of a text", () => {
  it.each([
    ["max", [9, 7, 8]],
    ["sum", [9, 7, 8]],
    ["tokens", [9, 7, 8]],
    // 8·ln 100 = 36.8, 3·ln 1000 = 20.7, 4·ln 5 = 6.4
    ["rarity", [9, 8, 7]],
  ] as const)("by %s", (sort, order) => {
    const ranked = rankFeatures(lens, sort, false);
    expect(ranked.map((f) => f.feature)).toEqual(order);
  });

  it("hides features on more than 1 % of tokens", () => {
    const ranked = rankFeatures(lens, "max", true);
    // Exactly 1 % in float32 is a hair less than 0.01.
    expect(ranked.map((f) => f.feature)).toEqual([9, 8]);
  });
});

describe("a text in the address", () => {
  it.each([
    ["a word", "sea"],
    ["a long text", "The captain looked at the sea. ".repeat(400)],
    ["other scripts and controls", "שלום 👩‍👩‍👧 \u0000\u202e\r\n".repeat(99)],
  ])("is packed and found again: %s", async (_, text) => {
    const packed = await packText(text);
    expect(packed).toMatch(/^[\w-]+$/);
    expect(packedOf(`#z=${packed}`)).toBe(packed);
    expect(await unpackText(packed)).toBe(text);
  });

  it("goes into the query only where it is short and whole", () => {
    expect(fitsQuery("a ".repeat(300))).toBe(true);
    expect(fitsQuery("a ".repeat(500))).toBe(false);
    expect(fitsQuery("🐳".repeat(200))).toBe(false);
    expect(fitsQuery("\ud83d")).toBe(false);
  });

  it("is refused when it was cut, altered or is a bomb", async () => {
    const packed = await packText(
      "The captain looked at the sea, and laughed.",
    );
    await expect(unpackText(packed.slice(0, -6))).rejects.toThrow();
    await expect(unpackText("abc")).rejects.toThrow();
    const bomb = await packText("a".repeat(5_000_000));
    expect(bomb.length).toBeLessThan(10_000);
    await expect(unpackText(bomb)).rejects.toThrow(/too long/);
    expect(packedOf("#z=a&b")).toBeNull();
    expect(packedOf("#token-3")).toBeNull();
  });
});

describe("what is taken away", () => {
  it("is a line for every token and feature, quoted and harmless", () => {
    const lines = lensCsv(lens, losses).trim().split("\n");
    expect(lines[0]).toMatch(/^position,token_id,token,l0,/);
    expect(lines[1]).toBe(
      '0,464,"The",2,0.05000000074505806,1,1.0499999523162842,0.009999999776482582,7,4',
    );
    expect(lines).toHaveLength(1 + 5);
    expect(lines.at(-1)).toMatch(/^3,1,"",2,0.5,,,,7,2$/);
    expect(csvText('a "b"')).toBe('"a ""b"""');
    expect(csvText("=HYPERLINK(1)")).toBe('"\'=HYPERLINK(1)"');
  });

  it("is JSON with everything in it", () => {
    const { tokens } = JSON.parse(lensJson(lens, losses)) as {
      tokens: { text: string; loss: number | null; features: unknown[] }[];
    };
    expect(tokens.map((t) => t.text)).toEqual(lens.tokens.map((t) => t.text));
    expect(tokens[0]!.features).toEqual([
      { feature: 7, activation: 4 },
      { feature: 9, activation: 1 },
    ]);
    expect(tokens.map((t) => t.loss)).toEqual([1, 3, 9, null]);
  });
});

describe("texts and numbers", () => {
  it("samples are read as they stand, each in few contexts", () => {
    for (const { text } of LENS_SAMPLES) {
      expect(lensRequestSchema.parse({ text }).text).toBe(text);
      expect(fitsQuery(text)).toBe(true);
      expect(tokenize(text).length).toBeLessThan(254);
    }
  });

  it("tokens without a shape are drawn as their code points", () => {
    expect(tokenMark("")).toBe("·");
    expect(tokenMark("\u200d")).toBe("⟨200d⟩");
    expect(tokenMark("\ufe0f")).toBe("⟨fe0f⟩");
    expect(tokenMark("\u{e0041}")).toBe("⟨e0041⟩");
    expect(tokenMark("\u0301")).toBe("\u0301");
    expect(tokenMark(" <b>")).toBe(" <b>");
  });

  it("signed numbers have their sign and two decimals", () => {
    expect([0.004, -0.004, 1.234, -9.996, 123.4].map(signed)).toEqual([
      "+0.00",
      "+0.00",
      "+1.23",
      "−10.0",
      "+123",
    ]);
  });
});
