import { describe, expect, it } from "vitest";
import { halfTable, LARGEST_HALF, toHalf } from "#lib/compute/index";
import { Rng } from "#lib/random";

/** The nearest of all finite float16 values, ties to the even pattern. */
function nearest(value: number): number {
  const table = halfTable();
  let best = 0;
  for (let half = 0; half < 0x7c00; half++) {
    const distance = Math.abs(table[half]! - Math.abs(value));
    const least = Math.abs(table[best]! - Math.abs(value));
    if (distance < least || (distance === least && half % 2 === 0)) best = half;
  }
  return value < 0 || Object.is(value, -0) ? best | 0x8000 : best;
}

describe("float16", () => {
  it("widens the bit patterns that IEEE 754 names", () => {
    const table = halfTable();
    const known = [
      [0x0000, 0],
      [0x0001, 2 ** -24],
      [0x03ff, 1023 * 2 ** -24],
      [0x0400, 2 ** -14],
      [0x3555, 0.333251953125],
      [0x3c00, 1],
      [0xc000, -2],
      [0x7bff, LARGEST_HALF],
      [0x7c00, Infinity],
    ] as const;
    for (const [half, value] of known) expect(table[half]).toBe(value);
    expect(table[0x7e00]).toBeNaN();
  });

  it("gives every finite float16 back its own pattern", () => {
    const patterns = Uint16Array.from({ length: 65_536 }, (_, i) => i).filter(
      (half) => (half & 0x7c00) !== 0x7c00,
    );
    const values = Float32Array.from(patterns, (half) => halfTable()[half]!);
    const out = new Uint16Array(values.length);
    expect(toHalf(values, out)).toBe(LARGEST_HALF);
    expect(out).toEqual(patterns);
  });

  it("rounds to nearest, ties to even, as a search through all values does", () => {
    const rng = new Rng(1);
    const ties = [1 + 2 ** -11, 1 + 3 * 2 ** -11, 2 ** -25, 3 * 2 ** -25, -0];
    const edges = [65_519, 2 ** -14 - 2 ** -26, 2 ** -26, 1e-30, 2047.5];
    const drawn = Array.from(
      { length: 150 },
      () => rng.normal() * 2 ** (rng.below(44) - 28),
    );
    const values = Float32Array.from([...ties, ...edges, ...drawn]);
    const out = new Uint16Array(values.length);
    toHalf(values, out);
    expect(Array.from(out)).toEqual(Array.from(values, nearest));
  });

  it("tells of what does not fit", () => {
    const out = new Uint16Array(2);
    expect(toHalf(Float32Array.of(1, -65_520), out)).toBe(65_520);
    expect(out[1]).toBe(0xfc00);
    expect(toHalf(Float32Array.of(NaN, 0), out)).toBeNaN();
    expect(halfTable()[out[0]!]).toBeNaN();
  });
});
