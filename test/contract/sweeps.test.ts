import { describe, expect, it } from "vitest";
import { sweepReportSchema } from "#lib/contract/index";
import { failedCell, sweepCell, sweepReport } from "#test/sweep-report";

const report = sweepReport([sweepCell(), failedCell()]);

describe("a sweep's report", () => {
  it("comes back from JSON as it was", () => {
    const read: unknown = JSON.parse(JSON.stringify(report));
    expect(sweepReportSchema.parse(read)).toEqual(report);
  });

  it("may have no cells yet", () => {
    expect(sweepReportSchema.parse(sweepReport([])).cells).toEqual([]);
  });

  it.each([
    ["a time that is no ISO time", { createdAt: "yesterday" }],
    ["half a token", { tokens: 0.5 }],
    ["cells that are no list", { cells: {} }],
    ["a cell of another status", { cells: [{ ...sweepCell(), status: "ok" }] }],
    ["a figure in words", { cells: [{ ...sweepCell(), fvu: "low" }] }],
    [
      "a figure that is missing",
      { cells: [{ ...sweepCell(), kl: undefined }] },
    ],
    ["a dictionary of no latents", { cells: [sweepCell({ dSae: 0 })] }],
    ["a figure that is not finite", { cells: [sweepCell({ l0: Infinity })] }],
  ])("is refused with %s", (_, change) => {
    expect(sweepReportSchema.safeParse({ ...report, ...change }).success).toBe(
      false,
    );
  });
});
