import type { MapClasses } from "./map-colours";

/** [points] 1 for those of a class; null when there is no such class. */
export function marksOfClass(
  { classOf, legend }: MapClasses,
  entry: number,
): Uint8Array | null {
  if (legend[entry] === undefined) return null;
  return classOf.map((c) => (c === entry ? 1 : 0));
}

/** [points] 1 for these; null for all alike. */
export function marksOf(
  features: readonly number[] | null,
  count: number,
): Uint8Array | null {
  if (features === null) return null;
  const marks = new Uint8Array(count);
  for (const feature of features) marks[feature] = 1;
  return marks;
}

/** What both mark; where one is null the other's. */
export function bothMarked(
  a: Uint8Array | null,
  b: Uint8Array | null,
): Uint8Array | null {
  if (a === null || b === null) return a ?? b;
  return a.map((mark, i) => mark & b[i]!);
}

/** How many points each class has; those that are nowhere do not count. */
export function classCounts(
  { classOf, legend }: MapClasses,
  places: Float32Array,
): number[] {
  const counts = new Array<number>(legend.length).fill(0);
  for (let i = 0; i < classOf.length; i++) {
    if (!Number.isNaN(places[2 * i])) counts[classOf[i]!]!++;
  }
  return counts;
}
