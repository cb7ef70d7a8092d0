import { describe, expect, it } from "vitest";
import {
  agreementBy,
  agreementOf,
  textDistance,
  type Metric,
} from "#lib/agreement";
import { Rng } from "#lib/random";

/** Rows are observers, "." is missing; the units are the columns. */
function units(...observers: string[]): number[][] {
  const rows = observers.map((row) => [...row]);
  return rows[0]!.map((_, u) =>
    rows
      .map((row) => row[u]!)
      .filter((said) => said !== ".")
      .map((said) => said.charCodeAt(0) - 48),
  );
}

// K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011):
// the worked examples A, B and C.
const BINARY = units("0100000010", "1110010000");
const NOMINAL = units("aabbdcccedda", "babbbcccEddd".toLowerCase());
const MISSING = units(
  "123321412...",
  "1233224125.3",
  ".3332342251.",
  "12332441251.",
);

describe("Krippendorff's alpha", () => {
  it.each<[string, number[][], Metric, number]>([
    ["two observers, two values", BINARY, "nominal", 0.095],
    ["two observers, five values", NOMINAL, "nominal", 0.692],
    ["four observers, missing values", MISSING, "nominal", 0.743],
    ["… by rank", MISSING, "ordinal", 0.815],
    ["… by amount", MISSING, "interval", 0.849],
  ])("is as published: %s", (_, given, metric, alpha) => {
    expect(agreementOf(given, metric).alpha).toBeCloseTo(alpha, 3);
  });

  it("counts what two people or more judged, and no more", () => {
    expect(agreementOf(MISSING, "nominal")).toMatchObject({
      units: 11,
      judgements: 40,
    });
  });

  it("is 1 for full agreement, below 0 for none, null where nothing varies", () => {
    expect(
      agreementOf(
        [
          [1, 1],
          [2, 2],
          [3, 3, 3],
        ],
        "ordinal",
      ).alpha,
    ).toBe(1);
    expect(
      agreementOf(
        [
          [0, 1],
          [1, 0],
          [0, 1],
        ],
        "nominal",
      ).alpha,
    ).toBeLessThan(0);
    expect(
      agreementOf(
        [
          [2, 2],
          [2, 2],
        ],
        "nominal",
      ).alpha,
    ).toBeNull();
    expect(agreementOf([[1], [2]], "nominal")).toEqual({
      alpha: null,
      lower: null,
      upper: null,
      units: 0,
      judgements: 0,
    });
  });

  it("does not care in what order things and people come", () => {
    const turned = MISSING.toReversed().map((unit) => unit.toReversed());
    expect(agreementOf(turned, "ordinal").alpha).toBeCloseTo(
      agreementOf(MISSING, "ordinal").alpha!,
      12,
    );
  });

  it("gives an interval that holds it, narrower with more things, the same each time", () => {
    const rng = new Rng(1);
    const noisy = (count: number) =>
      Array.from({ length: count }, () => {
        const truth = rng.below(3);
        return [truth, rng.uniform() < 0.8 ? truth : rng.below(3)];
      });
    const few = agreementOf(noisy(20), "nominal");
    const given = noisy(400);
    const many = agreementOf(given, "nominal");
    for (const { lower, alpha, upper } of [few, many]) {
      expect(lower!).toBeLessThanOrEqual(alpha!);
      expect(upper!).toBeGreaterThanOrEqual(alpha!);
    }
    expect(many.upper! - many.lower!).toBeLessThan(
      (few.upper! - few.lower!) / 2,
    );
    expect(agreementOf(given, "nominal")).toEqual(many);
    // The truth of this process: two of three judgements in a row agree by design.
    expect(many.alpha!).toBeCloseTo(0.8, 1);
  });

  it("gives no interval for four things", () => {
    expect(agreementOf(NOMINAL.slice(0, 4), "nominal").lower).toBeNull();
  });

  it("by any distance is the nominal one where the distance is 0 or 1", () => {
    const by = agreementBy(MISSING, (a, b) => (a === b ? 0 : 1));
    expect(by.alpha).toBeCloseTo(0.743, 3);
    expect(by.judgements).toBe(40);
    const squares = agreementBy(MISSING, (a, b) => (a - b) ** 2);
    expect(squares.alpha).toBeCloseTo(0.849, 3);
  });
});

describe("the distance of two texts", () => {
  it("is Dice's, on groups of three letters: by hand", () => {
    // " wh wha hal ale le " and " wh wha hal ale les es ": 4 shared of 5 + 6.
    expect(textDistance("whale", "Whales!")).toBeCloseTo(1 - 8 / 11, 12);
    expect(textDistance("naïve Déjà", "deja naive")).toBe(0);
    expect(textDistance("ship", "bread")).toBe(1);
    expect(textDistance("", "")).toBe(0);
  });
});
