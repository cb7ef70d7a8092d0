import type { Database } from "better-sqlite3";
import { float64From, uint32From } from "#lib/db/blobs";
import { countAtLeast, countAtMost } from "#lib/db/density";
import { DENSE_ABOVE } from "#lib/dense";
import type { IsValue, NumberField, NumberRange } from "#lib/query/index";

export type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** What is asked of a value of each feature: min ≤ value ≤ max. */
export interface Condition {
  /** [dSae]; NaN, no value, is in no range. */
  column: Column;
  min: number;
  max: number;
  /** Then neither end belongs to it. */
  open?: boolean;
}

/**
 * The features that meet a condition, or those that do not.
 *
 * @param kept where they are written; may be where `features` are
 */
export function keep(
  kept: Uint32Array,
  features: Uint32Array,
  { column, min, max, open = false }: Condition,
  wanted: boolean,
): Uint32Array {
  let size = 0;
  for (let i = 0; i < features.length; i++) {
    const feature = features[i]!;
    const value = column[feature]!;
    const inside = open
      ? value > min && value < max
      : value >= min && value <= max;
    if (inside === wanted) kept[size++] = feature;
  }
  return kept.subarray(0, size);
}

/** What features are filtered and ordered by: [dSae] each, read once. */
export class Columns {
  /** Tokens each fired on. */
  readonly counts: Uint32Array;
  private readonly means: Float64Array;
  private readonly maxima: Float64Array;
  private readonly skewnesses: Float64Array;

  constructor(
    db: Database,
    /** Tokens that densities are shares of. */
    private readonly tokens: number,
  ) {
    const row = db
      .prepare<[], Record<"c" | "a" | "m" | "s", Buffer>>(
        `SELECT firing_counts AS c, mean_activations AS a, max_activations AS m,
           skewnesses AS s FROM columns`,
      )
      .get()!;
    this.counts = uint32From(row.c);
    this.means = float64From(row.a);
    this.maxima = float64From(row.m);
    this.skewnesses = float64From(row.s);
  }

  get length(): number {
    return this.counts.length;
  }

  /** How many features are dense. */
  get dense(): number {
    const { min } = this.is("dense");
    return this.counts.reduce((n, count) => n + (count >= min ? 1 : 0), 0);
  }

  density(feature: number): number {
    return this.counts[feature]! / this.tokens;
  }

  /** What orders by a field; by density it is the count. */
  of(field: NumberField): Column {
    switch (field) {
      case "density":
        return this.counts;
      case "mean":
        return this.means;
      case "max":
        return this.maxima;
      case "skew":
        return this.skewnesses;
    }
  }

  inRange(field: NumberField, range: NumberRange): Condition {
    const { min, max, open } = range;
    if (field === "density") return this.densityIn(range);
    return {
      column: this.of(field),
      min: min ?? -Infinity,
      max: max ?? Infinity,
      open,
    };
  }

  /** In counts, exactly: the smallest and the largest that pass. */
  private densityIn({ min, max, open }: NumberRange): Condition {
    const { tokens } = this;
    const least = open ? (d: number) => countAtMost(d, tokens) + 1 : undefined;
    const most = open ? (d: number) => countAtLeast(d, tokens) - 1 : undefined;
    return {
      column: this.counts,
      min: min === null ? 0 : (least?.(min) ?? countAtLeast(min, tokens)),
      max: max === null ? Infinity : (most?.(max) ?? countAtMost(max, tokens)),
    };
  }

  is(value: IsValue): Condition {
    const column = this.counts;
    switch (value) {
      case "any":
        return { column, min: 0, max: Infinity };
      case "live":
        return { column, min: 1, max: Infinity };
      case "dead":
        return { column, min: 0, max: 0 };
      case "dense":
        return this.densityIn({ min: DENSE_ABOVE, max: null, open: true });
    }
  }
}
