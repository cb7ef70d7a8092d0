import { expect, test } from "vitest";
import {
  placeOf,
  usageAxes,
  usagePlaces,
  valueAt,
} from "#app/_components/usage-axes";
import {
  boxOf,
  closed,
  countInRanges,
  rangesOfBox,
  usageRanges,
  withUsageRanges,
} from "#app/_components/usage-filter";
import { valueTicks } from "#app/_components/value-ticks";

const points = {
  density: Float64Array.of(0, 1e-4, 1e-3, 0.2),
  meanActivation: Float32Array.of(0, 1, 4, 2),
  positions: new Float32Array(8),
  sources: new Uint16Array(4),
  sourceNames: [],
  states: new Uint8Array(4),
};
const axes = usageAxes(points);

test("features stand at the logarithms of their figures; dead ones nowhere", () => {
  const places = usagePlaces(points, axes);
  expect(places.slice(0, 2)).toEqual(Float32Array.of(NaN, NaN));
  expect(places[2]).toBeGreaterThan(-1);
  expect(places[6]).toBeLessThan(1);
  // Up is strong.
  expect(places[5]).toBeLessThan(places[3]!);
  expect(valueAt(placeOf(0.03, axes.density), axes.density)).toBeCloseTo(0.03);
});

test("a box becomes ranges of the filter, and the filter a box", () => {
  const box = [
    placeOf(5e-5, axes.density),
    -placeOf(3, axes.mean),
    placeOf(2e-3, axes.density),
    -placeOf(0.9, axes.mean),
  ];
  const [left, top, right, bottom] = box as [number, number, number, number];
  const polygon = [left, top, right, top, right, bottom, left, bottom];
  const ranges = rangesOfBox(polygon, axes);
  expect(ranges).toEqual({ density: closed(5e-5, 2e-3), mean: closed(0.9, 3) });
  boxOf(ranges, axes).forEach((v, i) => {
    expect(v).toBeCloseTo(polygon[i]!, 6);
  });
  expect(countInRanges(points, ranges)).toBe(1);
  expect(countInRanges(points, { ...ranges, mean: null })).toBe(2);
  const all = rangesOfBox([-2, -2, 2, -2, 2, 2, -2, 2], axes);
  expect(all.density!.max).toBe(1);
});

test("the rest of a filter stays as it was typed", () => {
  const q = "king density:<1e-3 -is:dense";
  expect(usageRanges(q)).toEqual({
    density: { min: null, max: 1e-3, open: true },
    mean: null,
  });
  const changed = withUsageRanges(q, {
    density: closed(1e-4, 0.01),
    mean: closed(1, 2),
  });
  expect(changed).toBe("king density:0.0001..1% -is:dense mean:1..2");
  expect(withUsageRanges(changed, null)).toBe("king -is:dense");
  expect(usageRanges("king")).toBeNull();
  // A range that must not hold is no range to draw.
  expect(usageRanges("-mean:1..2")).toBeNull();
});

test("axes have round numbers, however near one comes", () => {
  expect(valueTicks([1e-6, 1], 20)).toEqual([
    1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1,
  ]);
  expect(valueTicks([1e-6, 1], 4)).toEqual([1e-6, 1e-4, 0.01, 1]);
  expect(valueTicks([0.9, 11], 10)).toEqual([1, 2, 5, 10]);
  expect(valueTicks([0.9, 11], 3)).toEqual([1, 10]);
  expect(valueTicks([0.0101, 0.0142], 10)).toEqual([
    0.011, 0.012, 0.013, 0.014,
  ]);
});
