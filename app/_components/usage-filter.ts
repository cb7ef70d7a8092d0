import type { PointColumns } from "#app/_queries/points";
import { useCallback, useMemo } from "react";
import { placeOf, valueAt, type UsageAxes } from "./usage-axes";
import { useUrlParams, type UrlChange } from "./use-url-params";

/** From one value to another, both among them; null: no end. */
export interface UsageRange {
  min: number | null;
  max: number | null;
}

/** Ranges of the feature table's filter that the scatter can show. */
export interface UsageRanges {
  density: UsageRange | null;
  mean: UsageRange | null;
}

type Field = keyof UsageRanges;

/** Names of the ends in the address, which are the feature table's. */
const ENDS = {
  density: { min: "minDensity", max: "maxDensity" },
  mean: { min: "minMean", max: "maxMean" },
} as const;

/** The ranges in an address; null when there is none. */
export function usageRanges(params: URLSearchParams): UsageRanges | null {
  const end = (name: string) => {
    const text = params.get(name) ?? "";
    return text !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
  };
  const range = (field: Field): UsageRange | null => {
    const min = end(ENDS[field].min);
    const max = end(ENDS[field].max);
    return min === null && max === null ? null : { min, max };
  };
  const [density, mean] = [range("density"), range("mean")];
  return density === null && mean === null ? null : { density, mean };
}

/** The change to an address that sets these ranges and no others. */
export function usageChange(ranges: UsageRanges | null): UrlChange {
  const text = (value: number | null | undefined) =>
    value === null || value === undefined ? null : String(value);
  return {
    minDensity: text(ranges?.density?.min),
    maxDensity: text(ranges?.density?.max),
    minMean: text(ranges?.mean?.min),
    maxMean: text(ranges?.mean?.max),
  };
}

/** The filter's ranges as they stand in the address, and how to set them. */
export function useUsageFilter(): [
  UsageRanges | null,
  (ranges: UsageRanges | null) => void,
] {
  const [params, change] = useUrlParams();
  const ranges = useMemo(() => usageRanges(params), [params]);
  const set = useCallback(
    (next: UsageRanges | null) => {
      change(usageChange(next));
    },
    [change],
  );
  return [ranges, set];
}

/** The ranges as a box on the scatter's map; a missing end is the map's. */
export function boxOf(
  { density, mean }: UsageRanges,
  axes: UsageAxes,
): number[] {
  const place = (value: number | null, field: Field, missing: number) =>
    value === null || value <= 0 ? missing : placeOf(value, axes[field]);
  const left = place(density?.min ?? null, "density", -1);
  const right = place(density?.max ?? null, "density", 1);
  const bottom = -place(mean?.min ?? null, "mean", -1);
  const top = -place(mean?.max ?? null, "mean", 1);
  return [left, top, right, top, right, bottom, left, bottom];
}

/** The ranges that a box on the map takes in. */
export function rangesOfBox(
  box: readonly number[],
  axes: UsageAxes,
): UsageRanges {
  const xs = box.filter((_, i) => i % 2 === 0);
  const ys = box.filter((_, i) => i % 2 === 1);
  const at = (place: number, field: Field) =>
    rounded(valueAt(place, axes[field]));
  return {
    // A share of tokens ends where all of them are.
    density: closed(
      Math.min(1, at(Math.min(...xs), "density")),
      Math.min(1, at(Math.max(...xs), "density")),
    ),
    mean: closed(at(-Math.max(...ys), "mean"), at(-Math.min(...ys), "mean")),
  };
}

/** Both ends belong to it. */
export function closed(min: number, max: number): UsageRange {
  return { min, max };
}

/** Digits that can be read, and told apart on a screen. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** How many live features lie in the ranges. */
export function countInRanges(
  points: Pick<PointColumns, "density" | "meanActivation">,
  { density, mean }: UsageRanges,
): number {
  let count = 0;
  for (let i = 0; i < points.density.length; i++) {
    const share = points.density[i]!;
    const live = share > 0;
    if (live && holds(density, share) && holds(mean, points.meanActivation[i]!))
      count++;
  }
  return count;
}

function holds(range: UsageRange | null, value: number): boolean {
  if (range === null) return true;
  const { min, max } = range;
  return (min === null || value >= min) && (max === null || value <= max);
}
