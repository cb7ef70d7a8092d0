/** The largest finite float16. */
export const LARGEST_HALF = 65_504;

let widened: Float32Array | undefined;

/** float32 values of all 65,536 float16 bit patterns. */
export function halfTable(): Float32Array {
  if (widened !== undefined) return widened;
  const table = new Float32Array(65_536);
  for (let half = 0; half < 65_536; half++) {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    table[half] =
      exponent === 31
        ? fraction === 0
          ? sign * Infinity
          : NaN
        : exponent === 0
          ? sign * fraction * 2 ** -24
          : sign * (1024 + fraction) * 2 ** (exponent - 25);
  }
  widened = table;
  return table;
}

const VALUE = new Float32Array(1);
const BITS = new Uint32Array(VALUE.buffer);

/**
 * Rounds to float16 bit patterns, to nearest, ties to even.
 *
 * @returns the largest magnitude seen; above LARGEST_HALF (or NaN) something
 *   did not fit and became infinite.
 */
export function toHalf(values: Float32Array, out: Uint16Array): number {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const b = bits[i]!;
    const magnitude = b & 0x7fff_ffff;
    if (magnitude > largest) largest = magnitude;
    out[i] = ((b >>> 16) & 0x8000) | roundMagnitude(magnitude);
  }
  BITS[0] = largest;
  return VALUE[0]!;
}

/** float32 bits without sign → float16 bits without sign. */
function roundMagnitude(b: number): number {
  if (b >= 0x3880_0000) {
    // Normal in float16: rebias the exponent, round off 13 bits. A carry out
    // of the fraction runs into the exponent, which is what it should do.
    if (b >= 0x4780_0000) return b > 0x7f80_0000 ? 0x7e00 : 0x7c00;
    const shifted = b - 0x3800_0000;
    return (shifted + 0xfff + ((shifted >>> 13) & 1)) >>> 13;
  }
  // Subnormal: a multiple of 2⁻²⁴.
  if (b < 0x3300_0000) return 0;
  const shift = 126 - (b >>> 23);
  const fraction = (b & 0x7f_ffff) | 0x80_0000;
  const odd = (fraction >>> shift) & 1;
  return (fraction + (1 << (shift - 1)) - 1 + odd) >>> shift;
}
