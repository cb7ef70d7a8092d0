/**
 * Sparse feature activations of `rows` tokens in compressed-row form: row r
 * holds entries rowPtr[r] … rowPtr[r + 1] − 1. The order of entries inside a
 * row is not specified. Every value is > 0.
 */
export interface SparseCode {
  rows: number;
  /** Length rows + 1, rowPtr[0] = 0. */
  rowPtr: Uint32Array;
  /** Latent indices. */
  indices: Uint32Array;
  /** Activations, same length as `indices`. */
  values: Float32Array;
}
