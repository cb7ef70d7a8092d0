import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  failedCell,
  sweepCell,
  sweepReport,
  writeSweep,
} from "../sweep-report";
import { E2E_SAE, E2E_SWEEP } from "./data";

/** A sweep's report with the indexed SAE in it, and one that is damaged. */
export function writeE2eSweeps(dataDir: string): void {
  const other = { hookName: "blocks.3.hook_resid_post", saeId: "other-hook" };
  const cells = [
    sweepCell({ saeId: E2E_SAE }),
    sweepCell({ saeId: "k32", k: 32, l0: 32, fvu: 0.15, kl: 0.15 }),
    sweepCell({ saeId: "large", dSae: 1024, l0: 64, fvu: 0.12, kl: 0.1 }),
    sweepCell({
      saeId: "l1",
      architecture: "relu_l1",
      k: null,
      sparsity: 0.004,
      l0: 40.3,
      fvu: 0.31,
      kl: 0.4,
    }),
    failedCell(),
    sweepCell({ ...other, fvu: 0.42 }),
  ];
  writeSweep(dataDir, { ...sweepReport(cells), name: E2E_SWEEP });
  const damaged = join(dataDir, "sweeps", "damaged");
  mkdirSync(damaged);
  writeFileSync(join(damaged, "report.json"), "{");
}
