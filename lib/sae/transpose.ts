const TILE = 32;

/** [rows × cols] → [cols × rows], in tiles so that both sides stay in cache. */
export function transpose(
  matrix: Float32Array,
  rows: number,
  cols: number,
): Float32Array {
  const out = new Float32Array(matrix.length);
  for (let r0 = 0; r0 < rows; r0 += TILE) {
    const r1 = Math.min(r0 + TILE, rows);
    for (let c0 = 0; c0 < cols; c0 += TILE) {
      const c1 = Math.min(c0 + TILE, cols);
      for (let r = r0; r < r1; r++) {
        for (let c = c0; c < c1; c++) out[c * rows + r] = matrix[r * cols + c]!;
      }
    }
  }
  return out;
}
