import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sweepReportSchema, type SweepReport } from "#lib/contract/index";
import { Rng } from "#lib/random";
import { runScript } from "./run";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monolex-sweep-"));
  const words = "the king of whales sailed over a cold grey sea to find".split(
    " ",
  );
  const rng = new Rng(1);
  const lines = Array.from({ length: 600 }, (_, i) => {
    const text = Array.from(
      { length: 40 },
      () => words[rng.below(words.length)],
    ).join(" ");
    return JSON.stringify({ text: `${i} ${text}` });
  });
  await writeFile(join(folder, "texts.jsonl"), lines.join("\n"));
});
afterAll(() => rm(folder, { recursive: true }));

function sweep(...args: string[]) {
  return runScript(
    "sweep",
    [
      ...["--name", "grid", "--corpus", join(folder, "texts.jsonl")],
      ...["--layers", "0,1", "--latents", "64", "--l0", "4"],
      ...["--text-tokens", "6000", "--batch", "256", "--buffer", "2048"],
      ...["--epochs", "2", "--context", "32", "--engine", "onnx", "--json"],
      ...args,
    ],
    { DATA_DIR: folder },
  );
}

const storedReport = async (): Promise<SweepReport> =>
  sweepReportSchema.parse(
    JSON.parse(
      await readFile(join(folder, "sweeps", "grid", "report.json"), "utf8"),
    ),
  );

describe("sweep", () => {
  it("trains a grid on one pass of the model and reports every SAE", async () => {
    const { code, stdout, stderr } = await sweep(
      ...["--architectures", "topk,jumprelu"],
    );
    expect(code, stderr).toBe(0);
    const report = sweepReportSchema.parse(JSON.parse(stdout));
    expect(report).toEqual(await storedReport());
    expect(report.cells.map((c) => `${c.hookName} ${c.architecture}`)).toEqual([
      "blocks.0.hook_resid_post topk",
      "blocks.0.hook_resid_post jumprelu",
      "blocks.1.hook_resid_post topk",
      "blocks.1.hook_resid_post jumprelu",
    ]);
    for (const cell of report.cells) {
      expect(cell.status).toBe("done");
      expect(cell.fvu).toBeGreaterThan(0);
      expect(cell.fvu).toBeLessThan(1);
      expect(Number.isFinite(cell.ceRecovered)).toBe(true);
      expect(cell.trainTokensPerSecond).toBeGreaterThan(0);
    }
    expect(report.cells[0]!.l0).toBeCloseTo(4, 0);
    expect(stderr.match(/activate/g), "the model reads once").not.toBeNull();

    // The same again: nothing is trained, the figures stay.
    const again = await sweep(...["--architectures", "topk,jumprelu"]);
    expect(again.code).toBe(0);
    expect(again.stderr.match(/already done/g)).toHaveLength(8);
    expect(JSON.parse(again.stdout)).toEqual(report);
  }, 120_000);

  it("notes a point that cannot be trained and goes on", async () => {
    const { code, stdout } = await sweep(
      ...["--name", "failing", "--layers", "0", "--latents", "2,32"],
    );
    expect(code).toBe(0);
    const { cells } = sweepReportSchema.parse(JSON.parse(stdout));
    expect(cells.map((c) => c.status)).toEqual(["failed", "done"]);
    expect(cells[0]!.error).toMatch(/k/);
    expect(cells[0]!.fvu).toBeNull();
  }, 60_000);

  it("refuses lists that make no grid, in one sentence", async () => {
    const refusals: [string[], RegExp][] = [
      [["--l0", "4,x"], /--l0 takes whole numbers from 1/],
      [["--architectures", "topk,tanh"], /--architectures takes some of/],
      [["--hooks", "blocks.0.hook_resid_pre"], /--hooks or --layers, not both/],
      [["--layers", "9"], /blocks\.9\.hook_resid_post/],
    ];
    for (const [args, message] of refusals) {
      const { code, stderr } = await sweep(...args);
      expect(code).toBe(1);
      expect(stderr).toMatch(message);
    }
  }, 60_000);
});
