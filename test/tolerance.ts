/**
 * Compares arrays element by element. The error of an element is
 * |actual − expected| / max(|expected|, floor): relative, but absolute (in
 * units of `floor`) where the expected value is about zero.
 */
export function largestError(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  floor: number,
): { error: number; index: number } {
  if (actual.length !== expected.length) {
    throw new Error(`lengths differ: ${actual.length} and ${expected.length}`);
  }
  let error = 0;
  let index = -1;
  for (let i = 0; i < actual.length; i++) {
    const e =
      Math.abs(actual[i]! - expected[i]!) /
      Math.max(Math.abs(expected[i]!), floor);
    // Written so that NaN counts as the largest error there is.
    if (!(e <= error)) {
      error = Number.isNaN(e) ? Infinity : e;
      index = i;
    }
  }
  return { error, index };
}

/** The root mean square of the values: a natural `floor` for a tensor. */
export function rms(values: ArrayLike<number>): number {
  let square = 0;
  for (let i = 0; i < values.length; i++) square += values[i]! ** 2;
  return Math.sqrt(square / values.length);
}

/** Throws unless every element agrees within `tolerance`; says where it is worst. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  floor = rms(expected),
): void {
  const { error, index } = largestError(actual, expected, floor);
  if (error > tolerance) {
    throw new Error(
      `largest error ${error.toExponential(2)} > ${tolerance} at index ${index}: ${actual[index]} instead of ${expected[index]}`,
    );
  }
}
