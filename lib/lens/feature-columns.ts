import type { SparseCode } from "#lib/compute/index";

/** Features that fire in a text, as columns. */
export interface FeatureColumns {
  feature: Uint32Array;
  maxValue: Float32Array;
  /** The (first) token it is strongest on. */
  maxToken: Uint32Array;
  /** Of its activations over the text. */
  sum: Float32Array;
  tokensFired: Uint32Array;
}

/** What each feature does in a whole text, by feature number. */
export function summariseFeatures(
  { rows, rowPtr, indices, values }: SparseCode,
  dSae: number,
): FeatureColumns {
  const max = new Float32Array(dSae);
  const at = new Uint32Array(dSae);
  const sum = new Float64Array(dSae);
  const fired = new Uint32Array(dSae);
  for (let row = 0; row < rows; row++) {
    for (let e = rowPtr[row]!; e < rowPtr[row + 1]!; e++) {
      const i = indices[e]!;
      const value = values[e]!;
      if (value > max[i]!) {
        max[i] = value;
        at[i] = row;
      }
      sum[i]! += value;
      fired[i]!++;
    }
  }
  const feature = Uint32Array.from(
    Array.from(fired.keys()).filter((i) => fired[i]! > 0),
  );
  const pick = <A extends Float32Array | Uint32Array>(
    column: A | Float64Array,
    into: A,
  ): A => {
    feature.forEach((i, row) => (into[row] = column[i]!));
    return into;
  };
  const { length } = feature;
  return {
    feature,
    maxValue: pick(max, new Float32Array(length)),
    maxToken: pick(at, new Uint32Array(length)),
    sum: pick(sum, new Float32Array(length)),
    tokensFired: pick(fired, new Uint32Array(length)),
  };
}
