import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Locator } from "@playwright/test";

/*
 * Pictures of charts that do not depend on fonts, themes or a machine's way of
 * smoothing edges: what is drawn, as numbers. `UPDATE=1` writes them anew.
 */
const FOLDER = join(import.meta.dirname, "snapshots");

/** Shares of the plot's width or height. */
const TOLERANCE = 0.012;

/**
 * Shapes of a recharts plot, in shares of its plotting area from the left and
 * the top: a bar is [x, y, width, height], a curve its height at equal steps.
 */
export async function chartShapes(
  plot: Locator,
): Promise<{ bars: number[][]; curves: number[][] }> {
  return plot.evaluate((element) => {
    const area = element
      .querySelector(".recharts-cartesian-grid, defs clipPath rect")!
      .getBoundingClientRect();
    const share = (value: number) => Number(value.toFixed(4));
    const bars = [
      ...element.querySelectorAll(".recharts-bar-rectangle path"),
    ].map((bar) => {
      const box = bar.getBoundingClientRect();
      return [
        (box.left - area.left) / area.width,
        (box.top - area.top) / area.height,
        box.width / area.width,
        box.height / area.height,
      ].map(share);
    });
    const STEPS = 40;
    const curves = [
      ...element.querySelectorAll<SVGPathElement>(".recharts-curve"),
    ].map((curve) => {
      const svg = curve.ownerSVGElement!.getBoundingClientRect();
      const length = curve.getTotalLength();
      const points = Array.from({ length: 2001 }, (_, i) =>
        curve.getPointAtLength((length * i) / 2000),
      );
      return Array.from({ length: STEPS + 1 }, (_, step) => {
        const x = area.left - svg.left + (area.width * step) / STEPS;
        const near = points.reduce((a, b) =>
          Math.abs(b.x - x) < Math.abs(a.x - x) ? b : a,
        );
        return share((near.y - (area.top - svg.top)) / area.height);
      });
    });
    return { bars, curves };
  });
}

const COLUMNS = 16;
const ROWS = 10;

/**
 * Where a canvas is painted: the share of all ink in each cell of a grid, and
 * the share of each hue (in sixths of the circle, and grey) in all.
 */
export async function canvasInk(
  canvas: Locator,
): Promise<{ cells: number[][]; hues: number[] }> {
  const ink = await canvas.evaluate(
    (element, [columns, rows]) => {
      const { width, height } = element as HTMLCanvasElement;
      const context = (element as HTMLCanvasElement).getContext("2d")!;
      const { data } = context.getImageData(0, 0, width, height);
      const cells = Array.from({ length: rows! }, () =>
        new Array<number>(columns!).fill(0),
      );
      const hues = new Array<number>(7).fill(0);
      let total = 0;
      for (let at = 0; at < data.length; at += 4) {
        const alpha = data[at + 3]!;
        if (alpha === 0) continue;
        const pixel = at / 4;
        const x = Math.floor(((pixel % width) / width) * columns!);
        const y = Math.floor((Math.floor(pixel / width) / height) * rows!);
        cells[y]![x]! += alpha;
        hues[hueOf(data[at]!, data[at + 1]!, data[at + 2]!)]! += alpha;
        total += alpha;
      }
      const share = (value: number) => Number((value / total).toFixed(4));
      return {
        cells: cells.map((row) => row.map(share)),
        hues: hues.map(share),
      };

      function hueOf(r: number, g: number, b: number): number {
        const max = Math.max(r, g, b);
        const spread = max - Math.min(r, g, b);
        if (spread < 24) return 6;
        const sixth =
          max === r
            ? (g - b) / spread
            : max === g
              ? 2 + (b - r) / spread
              : 4 + (r - g) / spread;
        return Math.round(sixth + 6) % 6;
      }
    },
    [COLUMNS, ROWS] as const,
  );
  expect(
    ink.hues.some((share) => share > 0),
    "the canvas is blank",
  ).toBe(true);
  return ink;
}

/** Compares numbers, wherever they stand, with those written down. */
export function expectLikeSnapshot(name: string, actual: unknown): void {
  const file = join(FOLDER, `${name}.json`);
  if (process.env.UPDATE === "1" && !process.env.CI) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, `${JSON.stringify(actual)}\n`);
    return;
  }
  expect(existsSync(file), `${file}: make it with UPDATE=1`).toBe(true);
  const expected = JSON.parse(readFileSync(file, "utf8")) as unknown;
  const differences = differencesOf(expected, actual, name);
  expect(differences.slice(0, 10)).toEqual([]);
}

/** Paths of numbers that are too far apart, and of what is not alike at all. */
export function differencesOf(
  expected: unknown,
  actual: unknown,
  path: string,
): string[] {
  if (typeof expected === "number" && typeof actual === "number") {
    return Math.abs(expected - actual) <= TOLERANCE
      ? []
      : [`${path}: ${actual} instead of ${expected}`];
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length) {
      return [`${path}: ${actual.length} instead of ${expected.length}`];
    }
    return expected.flatMap((value, i) =>
      differencesOf(value, actual[i], `${path}[${i}]`),
    );
  }
  if (isObject(expected) && isObject(actual)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...keys].flatMap((key) =>
      differencesOf(expected[key], actual[key], `${path}.${key}`),
    );
  }
  return expected === actual ? [] : [`${path} is of another kind`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
