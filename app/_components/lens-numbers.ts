/** Mean of the values that are numbers; NaN if none is. */
export function meanOf(values: Float32Array | Uint32Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}
