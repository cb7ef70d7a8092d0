import type { PointColumns } from "#app/_queries/points";
import { logDomain, logPosition, type Domain } from "./log-axis";

/** The quantities of the usage scatter and how a map of −1 … 1 holds them. */
export interface UsageAxes {
  /** Share of tokens, left to right. */
  density: Domain;
  /** Mean activation, bottom to top. */
  mean: Domain;
}

/** Axes that hold every live feature, with a little room. */
export function usageAxes(points: PointColumns): UsageAxes {
  return {
    density: logDomain(points.density),
    mean: logDomain(points.meanActivation),
  };
}

/** [features × 2] places on the map; NaN for features that never fire. */
export function usagePlaces(
  points: PointColumns,
  axes: UsageAxes,
): Float32Array {
  const { density, meanActivation } = points;
  const places = new Float32Array(2 * density.length).fill(NaN);
  for (let i = 0; i < density.length; i++) {
    if (!(density[i]! > 0 && meanActivation[i]! > 0)) continue;
    places[2 * i] = placeOf(density[i]!, axes.density);
    places[2 * i + 1] = -placeOf(meanActivation[i]!, axes.mean);
  }
  return places;
}

/** −1 at the domain's beginning, 1 at its end. */
export function placeOf(value: number, domain: Domain): number {
  return 2 * logPosition(value, domain) - 1;
}

/** The value at a place. */
export function valueAt(place: number, [min, max]: Domain): number {
  return min * (max / min) ** ((place + 1) / 2);
}
