/** A feature's activations on every one of `length` tokens. */
export function denseValues(
  length: number,
  {
    positions,
    values,
  }: { positions: readonly number[]; values: readonly number[] },
): Float32Array {
  const dense = new Float32Array(length);
  positions.forEach((position, i) => {
    dense[position] = values[i]!;
  });
  return dense;
}
