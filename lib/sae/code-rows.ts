import type { CodeBuffer } from "./code-buffer";
import { quickSelect } from "./quick-select";

/** Appends what exceeds the level; returns the rows all of whose candidates did. */
export function appendFound(
  found: { values: Float32Array; indices: Int32Array },
  rows: number,
  width: number,
  level: number,
  into: CodeBuffer,
): number[] {
  const overflowing: number[] = [];
  let entry = into.rowPtr[into.rows]!;
  into.reserve(entry + rows * width);
  const { indices, values } = into;
  for (let row = 0, at = 0; row < rows; row++) {
    const begin = entry;
    for (let j = 0; j < width; j++, at++) {
      const value = found.values[at]!;
      if (value > level) {
        indices[entry] = found.indices[at]!;
        values[entry++] = value;
      }
    }
    if (entry - begin === width) overflowing.push(row);
    into.rowPtr[++into.rows] = entry;
  }
  return overflowing;
}

/** The wanted-th largest value from an entry on, or the smallest of fewer. */
export function smallestOf(
  code: CodeBuffer,
  start: number,
  wanted: number,
): number {
  const values = code.values.slice(start, code.rowPtr[code.rows]!);
  if (values.length <= wanted)
    return values.reduce((a, b) => Math.min(a, b), Infinity);
  return quickSelect(values, wanted - 1);
}

/**
 * Appends what exceeds the level (≥ 0) in one dense row. Positive floats are
 * ordered as the integers with the same bits, and four of those are compared
 * at a time: nearly all fail, and this loop sees every pre-activation.
 */
export function appendRow(
  z: Float32Array,
  level: number,
  into: CodeBuffer,
): void {
  let entry = into.rowPtr[into.rows]!;
  into.reserve(entry + z.length);
  const { indices, values } = into;
  const bits = new Int32Array(z.buffer, z.byteOffset, z.length);
  const limit = bitsOf(level);
  const inFours = z.length - (z.length % 4);
  for (let i = 0; i < inFours; i += 4) {
    if (
      bits[i]! > limit ||
      bits[i + 1]! > limit ||
      bits[i + 2]! > limit ||
      bits[i + 3]! > limit
    ) {
      for (let j = i; j < i + 4; j++) {
        if (bits[j]! > limit) {
          indices[entry] = j;
          values[entry++] = z[j]!;
        }
      }
    }
  }
  for (let j = inFours; j < z.length; j++) {
    if (bits[j]! > limit) {
      indices[entry] = j;
      values[entry++] = z[j]!;
    }
  }
  into.rowPtr[++into.rows] = entry;
}

function bitsOf(value: number): number {
  return new Int32Array(Float32Array.of(value).buffer)[0]!;
}

/** Puts longer rows in the place of rows `firstRow + replaced[j]`. */
export function splice(
  code: CodeBuffer,
  firstRow: number,
  replaced: readonly number[],
  rows: readonly { indices: number[]; values: number[] }[],
): void {
  let growth = 0;
  replaced.forEach((row, j) => {
    const at = firstRow + row;
    growth += rows[j]!.values.length;
    growth -= code.rowPtr[at + 1]! - code.rowPtr[at]!;
  });
  const end = code.rowPtr[code.rows]!;
  code.reserve(end + Math.max(0, growth));
  const { indices, values } = code;
  // From the back, so that nothing is overwritten before it has moved.
  let from = end;
  let to = end + growth;
  let j = replaced.length - 1;
  for (let row = code.rows - 1; j >= 0; row--) {
    const begin = code.rowPtr[row]!;
    code.rowPtr[row + 1] = to;
    if (row === firstRow + replaced[j]!) {
      const own = rows[j--]!;
      to -= own.values.length;
      indices.set(own.indices, to);
      values.set(own.values, to);
    } else {
      to -= from - begin;
      indices.copyWithin(to, begin, from);
      values.copyWithin(to, begin, from);
    }
    from = begin;
  }
}

/** Drops entries below the threshold, and the last of those equal to it. */
export function keepAtLeast(
  code: CodeBuffer,
  first: number,
  threshold: number,
  wanted: number,
): void {
  const { indices, values, rowPtr } = code;
  const start = rowPtr[first]!;
  let above = 0;
  for (let e = start; e < rowPtr[code.rows]!; e++) {
    if (values[e]! > threshold) above++;
  }
  let ties = wanted - above;
  let to = start;
  let e = start;
  for (let row = first; row < code.rows; row++) {
    for (const last = rowPtr[row + 1]!; e < last; e++) {
      const value = values[e]!;
      if (value > threshold || (value === threshold && ties-- > 0)) {
        indices[to] = indices[e]!;
        values[to++] = value;
      }
    }
    rowPtr[row + 1] = to;
  }
}

/** Sorts each row from `first` by latent: by column and back, two passes. */
export function sortRows(code: CodeBuffer, first: number, dSae: number): void {
  const { rowPtr, rows } = code;
  const start = rowPtr[first]!;
  const entries = rowPtr[rows]! - start;
  const cursor = new Uint32Array(dSae + 1);
  for (let e = 0; e < entries; e++) cursor[code.indices[start + e]! + 1]!++;
  for (let i = 0; i < dSae; i++) cursor[i + 1]! += cursor[i]!;
  const row = new Uint32Array(entries);
  const index = new Uint32Array(entries);
  const value = new Float32Array(entries);
  for (let r = first; r < rows; r++) {
    for (let e = rowPtr[r]!; e < rowPtr[r + 1]!; e++) {
      const to = cursor[code.indices[e]!]!++;
      row[to] = r;
      index[to] = code.indices[e]!;
      value[to] = code.values[e]!;
    }
  }
  const next = rowPtr.slice(first, rows);
  for (let e = 0; e < entries; e++) {
    const to = next[row[e]! - first]!++;
    code.indices[to] = index[e]!;
    code.values[to] = value[e]!;
  }
}
