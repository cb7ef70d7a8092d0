import { clampCosine, unitRows } from "#lib/features/neighbours";
import { ProductTopK } from "#lib/features/product-top-k";

/**
 * For each row of two dictionaries the row of the other that is nearest to it
 * by cosine, and that cosine.
 */
export interface DictionaryMatch {
  /** [rows of a] numbers of rows of b */
  bestOfA: Int32Array;
  /** [rows of a] */
  cosineOfA: Float32Array;
  /** [rows of b] numbers of rows of a */
  bestOfB: Int32Array;
  /** [rows of b] */
  cosineOfB: Float32Array;
}

export interface MatchOptions {
  threads?: number;
  signal?: AbortSignal;
  /** Rows that have their answer, of all rows of both. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Matches two dictionaries of the same width, such as the decoders of two SAEs
 * (docs/method.md, Eq. 46). Of several rows that are equally near the first
 * counts. A row of norm 0 has cosine 0 with everything.
 *
 * @param a row-major [rows of a × dim]
 * @param b row-major [rows of b × dim]
 */
export async function matchDictionaries(
  a: Float32Array,
  b: Float32Array,
  dim: number,
  options: MatchOptions = {},
): Promise<DictionaryMatch> {
  const unitA = unitRows(a, dim);
  const unitB = unitRows(b, dim);
  const total = (a.length + b.length) / dim;
  const ofA = await nearestRows(unitA, unitB, dim, options, (done) => {
    options.onProgress?.(done, total);
  });
  const ofB = await nearestRows(unitB, unitA, dim, options, (done) => {
    options.onProgress?.(a.length / dim + done, total);
  });
  return {
    bestOfA: ofA.best,
    cosineOfA: ofA.cosine,
    bestOfB: ofB.best,
    cosineOfB: ofB.cosine,
  };
}

/** Whether row i of a and the row of b nearest to it are each other's nearest. */
export function isMutual(match: DictionaryMatch, i: number): boolean {
  return match.bestOfB[match.bestOfA[i]!] === i;
}

/** For each row of x the row of `table` with the largest inner product. */
async function nearestRows(
  x: Float32Array,
  table: Float32Array,
  dim: number,
  { threads, signal }: MatchOptions,
  onProgress: (done: number) => void,
): Promise<{ best: Int32Array; cosine: Float32Array }> {
  const rows = x.length / dim;
  const best = new Int32Array(rows);
  const cosine = new Float32Array(rows);
  const product = await ProductTopK.create({
    table,
    tableRows: table.length / dim,
    dim,
    k: 1,
    threads,
  });
  try {
    for (let first = 0; first < rows; first += product.blockRows) {
      signal?.throwIfAborted();
      const count = Math.min(product.blockRows, rows - first);
      const block = x.subarray(first * dim, (first + count) * dim);
      const { largest } = await product.run(block, count);
      best.set(largest.indices, first);
      cosine.set(largest.values.map(clampCosine), first);
      onProgress(first + count);
    }
  } finally {
    await product.dispose();
  }
  return { best, cosine };
}
