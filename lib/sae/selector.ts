import type { CodeBuffer } from "./code-buffer";
import type { EncoderGraph, EncoderWeights } from "./encoder-graph";
import {
  appendFound,
  appendRow,
  keepAtLeast,
  smallestOf,
  sortRows,
  splice,
} from "./code-rows";
import { quickSelect } from "./quick-select";

/** Rows of one product: bounds the dense pre-activations to rows × dSae. */
const CHUNK_ROWS = 1024;
/** Rows of one product whose z leaves the engine. */
const DENSE_ROWS = 256;
const MIN_WIDTH = 32;
/** Of the last threshold: how far the next may fall before work is repeated. */
const LEVEL_MARGIN = 0.9;

/**
 * Chooses the entries of a sparse code. Only the `width` largest
 * pre-activations of a row are asked for; a row that may have more is computed
 * again in full, so what is chosen never depends on the width, which follows
 * the data. Entries of a row come out in ascending order of their latent,
 * except for `topk`, where the engine's order stays.
 */
export class Selector {
  private width = 2 * MIN_WIDTH;
  /** batchTopk: what its threshold is expected to exceed. */
  private level: number | null = null;

  constructor(private readonly graph: EncoderGraph) {}

  /** How the next rows will be searched; the same hints, the same sums. */
  get hints(): Record<string, number> {
    const { width, level } = this;
    return { width, ...(level === null ? {} : { level }) };
  }

  set hints(hints: Record<string, number>) {
    this.width = hints.width ?? this.width;
    this.level = hints.level ?? null;
  }

  /** Appends the (at most) k largest positive entries of each row. */
  async topk(
    weights: EncoderWeights,
    x: Float32Array,
    rows: number,
    k: number,
    into: CodeBuffer,
  ): Promise<void> {
    for (const chunk of chunks(rows, CHUNK_ROWS)) {
      const own = this.rowsOf(x, chunk.from, chunk.count);
      const found = await this.graph.strongest(weights, own, chunk.count, k);
      let entry = into.rowPtr[into.rows]!;
      into.reserve(entry + chunk.count * k);
      for (let row = 0, at = 0; row < chunk.count; row++) {
        for (let j = 0; j < k; j++, at++) {
          const value = found.values[at]!;
          if (value > 0) {
            into.indices[entry] = found.indices[at]!;
            into.values[entry++] = value;
          }
        }
        into.rowPtr[++into.rows] = entry;
      }
    }
  }

  /** Appends every entry with z > limit_i (limit 0 for all if null), z itself. */
  async above(
    weights: EncoderWeights,
    limits: Float32Array | null,
    x: Float32Array,
    rows: number,
    into: CodeBuffer,
  ): Promise<void> {
    const shifted =
      limits === null
        ? weights
        : { ...weights, b_enc: weights.b_enc.map((b, i) => b - limits[i]!) };
    const first = into.rows;
    const start = into.rowPtr[first]!;
    await this.exceeding(shifted, 0, x, rows, into);
    sortRows(into, first, weights.b_enc.length);
    if (limits === null) return;
    const { indices, values } = into;
    for (let e = start; e < into.rowPtr[into.rows]!; e++) {
      values[e]! += limits[indices[e]!]!;
    }
  }

  /**
   * Appends the k · rows largest positive entries of all rows together, ties
   * in reading order. Entries above a level a little under the last batch's
   * threshold are collected; were they too few, again from a lower level.
   *
   * @returns the smallest value chosen, or null if none was.
   */
  async batchTopk(
    weights: EncoderWeights,
    x: Float32Array,
    rows: number,
    k: number,
    into: CodeBuffer,
  ): Promise<number | null> {
    const first = into.rows;
    const start = into.rowPtr[first]!;
    const wanted = k * rows;
    this.level ??= await this.guessLevel(weights, x, rows, k);
    for (;;) {
      await this.exceeding(weights, this.level, x, rows, into);
      if (into.rowPtr[into.rows]! - start >= wanted || this.level === 0) break;
      into.rows = first;
      this.level = this.level > 1e-3 ? this.level / 2 : 0;
    }
    sortRows(into, first, weights.b_enc.length);
    if (into.rowPtr[into.rows]! === start) return null;
    const threshold = smallestOf(into, start, wanted);
    keepAtLeast(into, first, threshold, wanted);
    this.level = LEVEL_MARGIN * threshold;
    return threshold;
  }

  /** A level that about k entries a row exceed: from a few rows' k-th largest. */
  private async guessLevel(
    weights: EncoderWeights,
    x: Float32Array,
    rows: number,
    k: number,
  ): Promise<number> {
    const count = Math.min(rows, DENSE_ROWS);
    const own = this.rowsOf(x, 0, count);
    const { values } = await this.graph.strongest(weights, own, count, k);
    const level = quickSelect(values.slice(), values.length - 1 - (count >> 1));
    return Math.max(0, LEVEL_MARGIN * level);
  }

  /** Appends every entry with z > level. */
  private async exceeding(
    weights: EncoderWeights,
    level: number,
    x: Float32Array,
    rows: number,
    into: CodeBuffer,
  ): Promise<void> {
    const dSae = weights.b_enc.length;
    const widest = Math.max(2 * MIN_WIDTH, dSae >> 6);
    for (const chunk of chunks(rows, CHUNK_ROWS)) {
      const first = into.rows;
      const width = Math.min(this.width, dSae);
      if (width > widest && width < dSae) {
        await this.dense(weights, level, x, chunk, into);
        this.follow(into, chunk.count, 0);
        continue;
      }
      const own = this.rowsOf(x, chunk.from, chunk.count);
      const found = await this.graph.strongest(
        weights,
        own,
        chunk.count,
        width,
      );
      const cut = appendFound(found, chunk.count, width, level, into);
      if (width === dSae) continue;
      if (cut.length > 0) {
        await this.replaceRows(weights, level, own, cut, first, into);
      }
      this.follow(into, chunk.count, cut.length);
    }
  }

  /** Does the same for a chunk's rows, from the dense z. */
  private async dense(
    weights: EncoderWeights,
    level: number,
    x: Float32Array,
    chunk: Chunk,
    into: CodeBuffer,
  ): Promise<void> {
    for (const part of chunks(chunk.count, DENSE_ROWS)) {
      const own = this.rowsOf(x, chunk.from + part.from, part.count);
      const z = await this.graph.dense(weights, own, part.count);
      const dSae = z.length / part.count;
      for (let row = 0; row < part.count; row++) {
        appendRow(z.subarray(row * dSae, (row + 1) * dSae), level, into);
      }
    }
  }

  /** Computes the given rows (ascending; row 0 of x is `firstRow`) in full. */
  private async replaceRows(
    weights: EncoderWeights,
    level: number,
    x: Float32Array,
    rows: readonly number[],
    firstRow: number,
    into: CodeBuffer,
  ): Promise<void> {
    const { dIn } = this.graph;
    const full: { indices: number[]; values: number[] }[] = [];
    for (const part of chunks(rows.length, DENSE_ROWS)) {
      const own = new Float32Array(part.count * dIn);
      for (let r = 0; r < part.count; r++) {
        const row = rows[part.from + r]!;
        own.set(x.subarray(row * dIn, (row + 1) * dIn), r * dIn);
      }
      const z = await this.graph.dense(weights, own, part.count);
      const dSae = z.length / part.count;
      for (let r = 0; r < part.count; r++) {
        const found = { indices: [] as number[], values: [] as number[] };
        for (let i = 0; i < dSae; i++) {
          const value = z[r * dSae + i]!;
          if (value > level) {
            found.indices.push(i);
            found.values.push(value);
          }
        }
        full.push(found);
      }
    }
    splice(into, firstRow, rows, full);
  }

  /** Lets the width follow the number of entries in the last rows. */
  private follow(into: CodeBuffer, rows: number, overflowing: number): void {
    let most = 0;
    for (let row = into.rows - rows; row < into.rows; row++) {
      most = Math.max(most, into.rowPtr[row + 1]! - into.rowPtr[row]!);
    }
    if (overflowing > rows / 64) this.width *= 2;
    else if (3 * most < this.width) {
      this.width = Math.max(MIN_WIDTH, this.width / 2);
    }
  }

  private rowsOf(x: Float32Array, from: number, count: number): Float32Array {
    const { dIn } = this.graph;
    return x.subarray(from * dIn, (from + count) * dIn);
  }
}

interface Chunk {
  from: number;
  count: number;
}

function* chunks(rows: number, size: number): Generator<Chunk> {
  for (let from = 0; from < rows; from += size) {
    yield { from, count: Math.min(size, rows - from) };
  }
}
