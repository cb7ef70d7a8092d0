import { describe, expect, it } from "vitest";
import type { FeatureDetail } from "#lib/contract/index";
import {
  contextsCsv,
  histogramCsv,
  tokensCsv,
  toCsv,
} from "#app/_components/feature-files";
import { layOut } from "#app/_components/context-image";
import { HOSTILE } from "#test/db/hostile";

const token = (id: number, text: string) => ({ id, text });
const example = {
  sequence: 12,
  peakPosition: 2,
  peakValue: 3.5,
  tokens: ["<|endoftext|>", "=1+1", ' "king",\n', " end"],
  tokenIds: [50_256, 1, 2, 3],
  positions: [1, 2],
  values: [1, 3.5],
  document: { id: 4, title: "=Title", source: "sotu", tokenOffset: 77 },
};
const feature = {
  groups: [{ name: "top", min: 3.5, max: 3.5, examples: [example] }],
  tokens: 100,
  firingCount: 7,
  histogram: { binWidth: 2, counts: [3, 4] },
  logitHistogram: { min: -1, binWidth: 0.5, counts: [1, 2] },
  topTokens: [{ token: token(2, " king"), count: 5, mean: 2.25 }],
  positiveLogits: [{ token: token(3, ","), value: 1.5 }],
  negativeLogits: [{ token: token(4, "-x"), value: -0.5 }],
} as unknown as FeatureDetail;

/** RFC 4180, read back. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let m = cells.exec(text); m !== null; m = cells.exec(text)) {
    row.push(m[1] === undefined ? m[2]! : m[1].replaceAll('""', '"'));
    if (m[3] === "\r\n") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

describe("files of a feature", () => {
  it("are tables that read back as they were, whatever the text", () => {
    const texts = Object.values(HOSTILE).filter((t) => !/^[=+\-@\t\r]/.test(t));
    expect(parseCsv(toCsv([texts, ["", "a"]]))).toEqual([texts, ["", "a"]]);
  });

  it("keep a spreadsheet from taking text for a formula", () => {
    const [cells] = parseCsv(toCsv([["=1+1", "+x", "-x", "@x", "\tx", -2.5]]));
    expect(cells).toEqual(["'=1+1", "'+x", "'-x", "'@x", "'\tx", "-2.5"]);
  });

  it("have a row a context, a bin with one for silence, and a token", () => {
    const [head, row] = parseCsv(contextsCsv(feature));
    expect(Object.fromEntries(head!.map((name, i) => [name, row![i]]))).toEqual(
      {
        group: "top",
        rank: "1",
        activation: "3.5",
        sequence: "12",
        position: "2",
        document: "'=Title",
        source: "sotu",
        document_token: "77",
        peak_token: ' "king",\n',
        text: `'=1+1 "king",\n end`,
        fires_at: "1 2",
        activations: "1 3.5",
      },
    );
    expect(parseCsv(histogramCsv(feature)).slice(1)).toEqual([
      ["activation", "0", "0", "93"],
      ["activation", "0", "2", "3"],
      ["activation", "2", "4", "4"],
      ["logit", "-1", "-0.5", "1"],
      ["logit", "-0.5", "0", "2"],
    ]);
    expect(parseCsv(tokensCsv(feature)).slice(1)).toEqual([
      ["fires_on", "2", " king", "5", "2.25"],
      ["raises", "3", ",", "", "1.5"],
      ["lowers", "4", "'-x", "", "-0.5"],
    ]);
  });
});

describe("a context's picture", () => {
  const measure = (text: string) => 8 * [...text].length;

  it("breaks lines between tokens, and inside one that is wider than a line", () => {
    const long = "x".repeat(200);
    const tokens = ["", "one", long, " two", " three"];
    const tokenIds = [50_256, 1, 2, 3, 4];
    const lines = layOut(
      {
        example: { ...example, tokens, tokenIds, positions: [3], values: [4] },
        feature: { saeId: "x", index: 1, max: 4 },
        from: 1,
        to: 5,
      },
      measure,
    );
    const text = lines.map((line) => line.map((piece) => piece.text).join(""));
    expect(text.join("")).toBe(`one${long} two three`);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) {
      const last = line.at(-1)!;
      expect(last.x + last.width).toBeLessThanOrEqual(760 - 48);
    }
    const pieces = lines.flat();
    expect(pieces.find((piece) => piece.text === " two")?.step).toBe(4);
    expect(pieces.filter((piece) => piece.peak).map((p) => p.text)).toEqual([
      "x".repeat(89),
      "x".repeat(89),
      "x".repeat(22),
    ]);
  });
});
