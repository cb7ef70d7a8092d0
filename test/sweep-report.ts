import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  sweepReportSchema,
  type SweepCell,
  type SweepReport,
} from "#lib/contract/index";

/** A cell as a sweep leaves it; `changes` say what is different. */
export function sweepCell(changes: Partial<SweepCell> = {}): SweepCell {
  return {
    saeId: "grid-topk-512-k16",
    hookName: "blocks.2.hook_resid_post",
    architecture: "topk",
    dSae: 512,
    k: 16,
    sparsity: null,
    status: "done",
    error: null,
    l0: 16,
    fvu: 0.2,
    deltaCe: 0.25,
    ceRecovered: 0.97,
    ceRecoveredFromMean: 0.91,
    kl: 0.24,
    deadFraction: 0.01,
    trainTokensPerSecond: 21_000,
    engine: "onnx",
    ...changes,
  };
}

/** A cell that did not get to its end. */
export function failedCell(changes: Partial<SweepCell> = {}): SweepCell {
  return sweepCell({
    saeId: "grid-jumprelu-1024-failed",
    architecture: "jumprelu",
    dSae: 1024,
    k: null,
    sparsity: 0.02,
    status: "failed",
    error: "The loss was not finite at step 120: lower the learning rate.",
    l0: null,
    fvu: null,
    deltaCe: null,
    ceRecovered: null,
    ceRecoveredFromMean: null,
    kl: null,
    deadFraction: null,
    trainTokensPerSecond: null,
    ...changes,
  });
}

/** A report of these cells. */
export function sweepReport(cells: SweepCell[]): SweepReport {
  return {
    name: "grid",
    createdAt: "2026-11-20T09:30:00.000Z",
    modelName: "mini-gpt2",
    corpusName: "demo",
    tokens: 500_000,
    cells,
  };
}

/** Writes a report where the app looks for it, checked as a sweep checks it. */
export function writeSweep(dataDir: string, report: SweepReport): void {
  const folder = join(dataDir, "sweeps", report.name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "report.json"),
    JSON.stringify(sweepReportSchema.parse(report)),
  );
}
