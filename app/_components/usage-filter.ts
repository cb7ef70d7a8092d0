import { parseQuery, withParts, type NumberRange } from "#lib/query/index";
import type { PointColumns } from "#app/_queries/points";
import { useCallback, useMemo } from "react";
import { placeOf, valueAt, type UsageAxes } from "./usage-axes";
import { useUrlParams } from "./use-url-params";

/** Ranges of the feature table's filter that the scatter can show. */
export interface UsageRanges {
  density: NumberRange | null;
  mean: NumberRange | null;
}

type Field = keyof UsageRanges;
const FIELDS: readonly Field[] = ["density", "mean"];

/** The ranges in a filter's text; null when there is none. */
export function usageRanges(q: string): UsageRanges | null {
  const found: UsageRanges = { density: null, mean: null };
  for (const { clause } of parseQuery(q).placed) {
    if (clause.negated) continue;
    if (clause.field === "density" || clause.field === "mean") {
      found[clause.field] = clause.range;
    }
  }
  return found.density === null && found.mean === null ? null : found;
}

/** The filter's text with these ranges instead of its own. */
export function withUsageRanges(q: string, ranges: UsageRanges | null): string {
  return FIELDS.reduce((text, field) => {
    const range = ranges?.[field] ?? null;
    return withParts(
      text,
      (clause) => clause.field === field && !clause.negated,
      range === null ? [] : [{ field, range, negated: false }],
    );
  }, q);
}

/** The filter's ranges as they stand in the address, and how to set them. */
export function useUsageFilter(): [
  UsageRanges | null,
  (ranges: UsageRanges | null) => void,
] {
  const [params, change] = useUrlParams();
  const q = params.get("q") ?? "";
  const ranges = useMemo(() => usageRanges(q), [q]);
  const set = useCallback(
    (next: UsageRanges | null) => {
      const text = withUsageRanges(q, next);
      change({ q: text === "" ? null : text });
    },
    [q, change],
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
export function closed(min: number, max: number): NumberRange {
  return { min, max, open: false };
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

function holds(range: NumberRange | null, value: number): boolean {
  if (range === null) return true;
  const { min, max, open } = range;
  const above = min === null || (open ? value > min : value >= min);
  const below = max === null || (open ? value < max : value <= max);
  return above && below;
}
