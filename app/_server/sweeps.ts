import { readdirSync, readFileSync } from "node:fs";
import {
  sweepReportSchema,
  type SweepDetail,
  type SweepList,
  type SweepReport,
  type SweepSummary,
} from "#lib/contract/index";
import { AppError, systemErrorCode } from "#lib/errors";
import { sweepReportFile, sweepsFolder } from "./paths";
import { indexedIds } from "./saes";

/** Every sweep that has a report, newest first. */
export function listSweeps(): SweepList {
  const list: SweepList = { sweeps: [], unreadable: [] };
  for (const name of sweepNames()) {
    try {
      list.sweeps.push(summarise(readReport(name)));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // A sweep that is still training has a folder and no report yet.
      if (error.code === "not_found") continue;
      list.unreadable.push({ name, message: error.message });
    }
  }
  list.sweeps.sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  return list;
}

/**
 * A sweep's report, and which of its SAEs have a page.
 *
 * @throws AppError "not_found" without such a report, "unavailable" when it
 * cannot be read.
 */
export function getSweep(name: string): SweepDetail {
  const report = readReport(name);
  const ids = new Set(indexedIds());
  return {
    ...report,
    indexed: report.cells.map((c) => c.saeId).filter((id) => ids.has(id)),
  };
}

/** The folder's name is the sweep's name: a renamed copy is its own sweep. */
function readReport(name: string): SweepReport {
  const parsed = sweepReportSchema.safeParse(readJson(name));
  if (parsed.success) return { ...parsed.data, name };
  const { path, message } = parsed.error.issues[0]!;
  const where = path.length === 0 ? "" : `"${path.join(".")}": `;
  throw unreadable(name, where + message, parsed.error);
}

function readJson(name: string): unknown {
  const file = sweepReportFile(name);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new AppError("not_found", `There is no sweep ${name}.`);
    }
    throw unreadable(name, code ?? "it cannot be opened", error);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(name, "it is not JSON", error);
  }
}

function unreadable(name: string, why: string, cause: unknown): AppError {
  return new AppError(
    "unavailable",
    `The report of sweep ${name} cannot be read (${why}); run \`npm run sweep\` again to write it anew.`,
    { cause },
  );
}

function sweepNames(): string[] {
  try {
    return readdirSync(sweepsFolder()).filter((n) => !n.startsWith("."));
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  }
}

function summarise({ cells, ...report }: SweepReport): SweepSummary {
  const done = cells.filter((cell) => cell.status === "done").length;
  return {
    ...report,
    done,
    failed: cells.length - done,
    hookNames: [...new Set(cells.map((cell) => cell.hookName))],
    architectures: [...new Set(cells.map((cell) => cell.architecture))],
  };
}
