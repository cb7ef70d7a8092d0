import type { SweepCell } from "#lib/contract/index";
import { architectureColour, architectureTitle } from "./architecture";
import { formatCount } from "./format";
import type { SweepMeasure } from "./sweep-measures";

const SHAPES = [
  "circle",
  "square",
  "triangle",
  "diamond",
  "star",
  "wye",
] as const;
/** Stroke patterns beside the shapes; the first is a whole line. */
const DASHES = ["", "7 3", "2 3", "9 3 2 3", "4 4", "1 4"] as const;

/** How cells of one architecture and dictionary size are drawn. */
export interface SweepStyle {
  name: string;
  colour: string;
  shape: (typeof SHAPES)[number];
  dash: (typeof DASHES)[number];
}

/** A cell's place in a chart. */
export interface SweepPoint {
  x: number;
  y: number;
  cell: SweepCell;
}

/** Points joined by a line: one architecture, dictionary size and hook. */
export interface SweepSeries {
  key: string;
  style: SweepStyle;
  /** By rising L0. */
  points: SweepPoint[];
}

/**
 * The style of a cell: colour by architecture, shape and dash by the place of
 * its dictionary's size among those of the sweep.
 */
export function sweepStyles(
  cells: readonly SweepCell[],
): (cell: SweepCell) => SweepStyle {
  const sizes = [...new Set(cells.map((cell) => cell.dSae))].sort(
    (a, b) => a - b,
  );
  return ({ architecture, dSae }) => {
    const place = Math.max(0, sizes.indexOf(dSae)) % SHAPES.length;
    return {
      name: `${architectureTitle(architecture)}, ${formatCount(dSae)}`,
      colour: architectureColour(architecture),
      shape: SHAPES[place]!,
      dash: DASHES[place]!,
    };
  };
}

/**
 * The cells that have this measure and an L0 above 0 (the axis is
 * logarithmic), as series.
 */
export function sweepSeries(
  cells: readonly SweepCell[],
  measure: SweepMeasure,
  styleOf: (cell: SweepCell) => SweepStyle,
): SweepSeries[] {
  const series = new Map<string, SweepSeries>();
  for (const cell of cells) {
    const { l0, [measure.key]: y } = cell;
    if (l0 === null || !(l0 > 0) || y === null) continue;
    const key = `${cell.architecture} ${cell.dSae} ${cell.hookName}`;
    const known = series.get(key) ?? {
      key,
      style: styleOf(cell),
      points: [],
    };
    known.points.push({ x: l0, y, cell });
    series.set(key, known);
  }
  for (const { points } of series.values()) points.sort((a, b) => a.x - b.x);
  return [...series.values()];
}

/**
 * The points that no other beats: none has at most their L0 and a better
 * measure. By rising L0, and so by an ever better measure.
 */
export function paretoFrontier(
  points: readonly SweepPoint[],
  better: SweepMeasure["better"],
): SweepPoint[] {
  const sign = better === "lower" ? 1 : -1;
  const sorted = [...points].sort((a, b) => a.x - b.x || sign * (a.y - b.y));
  const frontier: SweepPoint[] = [];
  for (const point of sorted) {
    const last = frontier.at(-1);
    if (last === undefined || sign * (point.y - last.y) < 0) {
      frontier.push(point);
    }
  }
  return frontier;
}
