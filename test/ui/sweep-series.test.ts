import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FVU, LOSS_MEASURES } from "#app/_components/sweep-measures";
import {
  paretoFrontier,
  sweepSeries,
  sweepStyles,
} from "#app/_components/sweep-series";
import { failedCell, sweepCell } from "#test/sweep-report";

const at = (x: number, y: number) => ({ x, y, cell: sweepCell() });

describe("a sweep's series", () => {
  const cells = [
    sweepCell({ saeId: "b", l0: 32, fvu: 0.15 }),
    sweepCell({ saeId: "a", l0: 16, fvu: 0.2 }),
    sweepCell({ saeId: "large", dSae: 2048 }),
    sweepCell({ saeId: "gated", architecture: "gated" }),
    sweepCell({ saeId: "hook", hookName: "blocks.3.hook_resid_pre" }),
    sweepCell({ saeId: "unmeasured", fvu: null }),
    sweepCell({ saeId: "silent", l0: 0 }),
    failedCell(),
  ];
  const styleOf = sweepStyles(cells);
  const series = sweepSeries(cells, FVU, styleOf);

  it("join one architecture, size and hook, by rising L0", () => {
    expect(series.map((s) => s.points.map((p) => p.cell.saeId))).toEqual([
      ["a", "b"],
      ["large"],
      ["gated"],
      ["hook"],
    ]);
    expect(series[0]!.points.map(({ x, y }) => [x, y])).toEqual([
      [16, 0.2],
      [32, 0.15],
    ]);
  });

  it("take the measure that is asked for", () => {
    const [recovered] = sweepSeries(cells, LOSS_MEASURES[0], styleOf);
    expect(recovered!.points[0]!.y).toBe(0.97);
  });

  it("show the architecture by colour, the size by shape and dash", () => {
    const [small, large, gated] = series.map((s) => s.style);
    expect(large!.colour).toBe(small!.colour);
    expect(large!.shape).not.toBe(small!.shape);
    expect(large!.dash).not.toBe(small!.dash);
    expect(gated!.colour).not.toBe(small!.colour);
    expect(gated!.shape).toBe(small!.shape);
    expect(large!.name).toBe("TopK, 2,048");
  });
});

describe("the Pareto frontier", () => {
  it("holds what no point beats, by rising L0", () => {
    const points = [at(32, 0.3), at(8, 0.5), at(16, 0.2), at(64, 0.1)];
    const xy = paretoFrontier(points, "lower").map(({ x, y }) => [x, y]);
    expect(xy).toEqual([
      [8, 0.5],
      [16, 0.2],
      [64, 0.1],
    ]);
  });

  it("turns with the direction that is better", () => {
    const points = [at(8, 0.9), at(16, 0.8), at(32, 0.95)];
    const xy = paretoFrontier(points, "higher").map(({ x }) => x);
    expect(xy).toEqual([8, 32]);
  });

  it("agrees with the definition on any points", () => {
    const point = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 9 }))
      .map(([x, y]) => at(x, y));
    fc.assert(
      fc.property(fc.array(point), (points) => {
        const frontier = paretoFrontier(points, "lower");
        const beaten = (p: (typeof points)[number]) =>
          points.some(
            (q) => q.x <= p.x && q.y <= p.y && (q.x < p.x || q.y < p.y),
          );
        const expected = new Set(
          points.filter((p) => !beaten(p)).map(({ x, y }) => `${x} ${y}`),
        );
        expect(frontier.map(({ x, y }) => `${x} ${y}`).sort()).toEqual(
          [...expected].sort(),
        );
      }),
      { seed: 1 },
    );
  });
});
