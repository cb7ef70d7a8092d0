import { describe, expect, it } from "vitest";
import {
  filledFrame,
  panBy,
  seenArea,
  squareFrame,
  toMap,
  toPixel,
  WHOLE,
  zoomAt,
} from "#app/_components/map-camera";
import {
  bothMarked,
  classCounts,
  marksOf,
  marksOfClass,
} from "#app/_components/map-marks";
import { paintPoints } from "#app/_components/map-paint";
import {
  parsePolygon,
  pointAt,
  pointsInside,
  polygonText,
} from "#app/_components/map-points";

const frame = filledFrame(400, 200);

describe("the camera", () => {
  it("keeps the place under the pointer where it is, and pans by pixels", () => {
    const before = toMap(WHOLE, frame, 300, 50);
    const near = zoomAt(WHOLE, frame, 300, 50, 3);
    expect(near.zoom).toBe(3);
    const after = toMap(near, frame, 300, 50);
    expect(after[0]).toBeCloseTo(before[0], 10);
    expect(after[1]).toBeCloseTo(before[1], 10);
    const [x, y] = toPixel(near, frame, 0.2, 0.1);
    const [px, py] = toPixel(panBy(near, frame, 30, -12), frame, 0.2, 0.1);
    expect([px - x, py - y]).toEqual([
      expect.closeTo(30, 8),
      expect.closeTo(-12, 8),
    ]);
  });

  it("fills its box, or keeps both directions alike", () => {
    expect(seenArea(WHOLE, frame)).toEqual([-1, -1, 1, -1, 1, 1, -1, 1]);
    const { unitX, unitY } = squareFrame(400, 200);
    expect(unitX).toBe(unitY);
  });
});

describe("points and polygons", () => {
  const positions = Float32Array.from([0, 0, 0.5, 0.5, -0.5, 0.5, NaN, NaN]);

  it("finds what is inside a polygon that is not convex", () => {
    const hook = [-1, -1, 1, -1, 1, 1, 0.2, 1, 0.2, -0.5, -1, -0.5];
    expect(pointsInside(positions, hook)).toEqual([1]);
    expect(pointsInside(positions, [-1, -1, 1, -1, 1, 1, -1, 1])).toEqual([
      0, 1, 2,
    ]);
  });

  it("finds the point that is pointed at, and none far from all", () => {
    const [x, y] = toPixel(WHOLE, frame, 0.5, 0.5);
    expect(pointAt(positions, WHOLE, frame, x + 5, y - 5, 10)).toBe(1);
    expect(pointAt(positions, WHOLE, frame, x + 15, y - 15, 10)).toBe(-1);
  });

  it("reads a polygon back from an address, thinned, and nothing else", () => {
    const circle = Array.from({ length: 400 }, (_, i) =>
      i % 2 === 0 ? Math.cos(i / 63) : Math.sin((i - 1) / 63),
    );
    const read = parsePolygon(polygonText(circle))!;
    expect(read.length).toBeLessThanOrEqual(128);
    expect(read.slice(0, 2)).toEqual([1, 0]);
    for (const text of [null, "", "1,2", "1,2,3,4", "1,2,3,4,5,x", "1,2,3"]) {
      expect(parsePolygon(text), String(text)).toBeNull();
    }
  });

  it("paints marked points over the others, and what is outside not at all", () => {
    const pixels = new Uint32Array(400 * 200);
    const points = {
      positions: Float32Array.from([0, 0, 0.5, 0, 3, 3, NaN, NaN]),
      classOf: new Uint8Array(4),
      colours: Uint32Array.of(0xff112233),
      marked: Uint8Array.of(0, 1, 1, 1),
    };
    const painted = () => pixels.filter((pixel) => pixel !== 0);
    paintPoints(pixels, frame, 1, WHOLE, { ...points, marked: null });
    expect(painted()).toHaveLength(2 * 3 * 3);
    expect(new Set(painted().map((pixel) => pixel & 0xffffff))).toEqual(
      new Set([0x112233]),
    );
    paintPoints(pixels, frame, 1, WHOLE, points);
    const pale = pixels[100 * 400 + 200]! >>> 24;
    const strong = pixels[100 * 400 + 300]! >>> 24;
    expect(strong).toBeGreaterThan(4 * pale);
    expect(painted()).toHaveLength(3 * 3 + 5 * 5);
  });
});

describe("marks", () => {
  const classes = {
    classOf: Uint8Array.of(0, 1, 1, 0),
    legend: [
      { name: "a", colour: "--a" },
      { name: "b", colour: "--b" },
    ],
  };

  it("stand for a class, for chosen features, or for both at once", () => {
    expect(marksOfClass(classes, 1)).toEqual(Uint8Array.of(0, 1, 1, 0));
    expect(marksOfClass(classes, -1)).toBeNull();
    expect(marksOf([0, 2], 4)).toEqual(Uint8Array.of(1, 0, 1, 0));
    expect(marksOf(null, 4)).toBeNull();
    const both = bothMarked(marksOf([0, 2], 4), marksOfClass(classes, 1));
    expect(both).toEqual(Uint8Array.of(0, 0, 1, 0));
    expect(bothMarked(null, both)).toBe(both);
  });

  it("count only points that are on the map", () => {
    const places = Float32Array.from([0, 0, 1, 1, NaN, NaN, 1, 0]);
    expect(classCounts(classes, places)).toEqual([2, 1]);
  });
});
