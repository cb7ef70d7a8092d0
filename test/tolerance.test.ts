import { describe, expect, it } from "vitest";
import { expectClose, largestError } from "./tolerance";

describe("the tolerance helper", () => {
  it("fails when one element of many is off by more than the tolerance", () => {
    const expected = new Float64Array(1000).fill(1);
    const actual = expected.slice();
    actual[617] = 1.0011;
    expect(() => {
      expectClose(actual, expected, 1e-3);
    }).toThrow(/at index 617/);
  });

  it("passes when the same element is within it", () => {
    const expected = new Float64Array(1000).fill(1);
    const actual = expected.slice();
    actual[617] = 1.0009;
    expectClose(actual, expected, 1e-3);
  });

  it("fails on NaN, on a sign error and on a length mismatch", () => {
    expect(() => {
      expectClose([NaN, 1], [1, 1], 0.5);
    }).toThrow();
    expect(() => {
      expectClose([-1], [1], 0.5);
    }).toThrow();
    expect(() => {
      expectClose([1, 1], [1], 0.5);
    }).toThrow(/lengths/);
  });

  it("measures values about zero against the floor", () => {
    expect(largestError([1e-3], [0], 1).error).toBeCloseTo(1e-3);
  });
});
