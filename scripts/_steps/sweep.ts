import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { settings } from "#lib/config";
import {
  sweepReportSchema,
  type SweepCell,
  type SweepReport,
} from "#lib/contract/index";
import { AppError, systemErrorCode } from "#lib/errors";
import { writeFileAtomic } from "#lib/files";
import { Gpt2, parseHook } from "#lib/gpt2/index";
import {
  architectureSettings,
  type Architecture,
  type TrainingConfig,
} from "#lib/sae/index";
import {
  DEFAULT_CACHE_BYTES,
  fillActivations,
  type TextUse,
} from "./activations";
import type { StepUi } from "./console";
import { openCorpus, type CorpusChoice } from "./corpus";
import { withEngine, type EngineRequest } from "./engine";
import { DEFAULT_EVALUATION, ensureEvaluated } from "./evaluate";
import { openModelFolder } from "./model";
import { defaultSaeId, runTrain } from "./train";

/** Every combination of these is trained. */
export interface SweepGrid {
  hookNames: readonly string[];
  architectures: readonly Architecture[];
  /** Sizes of the dictionary. */
  latents: readonly number[];
  /** Active latents per token: k, or what λ is adjusted to. */
  l0s: readonly number[];
}

export interface SweepRequest {
  name: string;
  modelName: string;
  corpus: CorpusChoice;
  grid: SweepGrid;
  /** What the grid does not vary. */
  training: Omit<TrainingConfig, "dIn">;
  text: Partial<TextUse>;
  /** Train again what is there already. */
  restart: boolean;
  engine?: EngineRequest;
  threads?: number;
}

/**
 * Trains and evaluates an SAE for every point of a grid. The model reads the
 * text once for all hooks; the SAEs are trained on what that left on disk. The
 * report is written after every SAE, and what is finished is not done again:
 * the same command goes on with an interrupted sweep. A point that cannot be
 * trained is noted in the report and does not end the sweep.
 *
 * @returns the report, or null if it was interrupted.
 */
export async function runSweep(
  request: SweepRequest,
  ui: StepUi,
): Promise<SweepReport | null> {
  const text: TextUse = {
    textTokens: null,
    cacheBytes: DEFAULT_CACHE_BYTES,
    ...request.text,
  };
  const cells = gridCells(request);
  const corpusName = await prepare(request, text, ui);
  const file = join(settings().dataDir, "sweeps", request.name, "report.json");
  await mkdir(join(file, ".."), { recursive: true });
  const earlier = request.restart ? null : await readReport(file);
  const report: SweepReport = {
    name: request.name,
    createdAt: earlier?.createdAt ?? new Date().toISOString(),
    modelName: request.modelName,
    corpusName,
    tokens: 0,
    cells: [],
  };
  for (const [i, cell] of cells.entries()) {
    ui.say(`sweep    ${i + 1} of ${cells.length}: ${cell.saeId}`);
    const before = earlier?.cells.find(({ saeId }) => saeId === cell.saeId);
    const outcome = await measureCell(request, text, cell, before, ui);
    if (outcome === null) return null;
    report.cells.push(outcome.cell);
    report.tokens = Math.max(report.tokens, outcome.tokens);
    await writeFileAtomic(file, `${JSON.stringify(report, null, 2)}\n`);
  }
  return report;
}

/** One point of the grid: what it is called, and how it is trained. */
interface Point {
  saeId: string;
  hookName: string;
  l0: number;
  training: Omit<TrainingConfig, "dIn">;
}

function gridCells({ name, modelName, grid, training }: SweepRequest): Point[] {
  const points: Point[] = [];
  for (const hookName of grid.hookNames) {
    for (const architecture of grid.architectures) {
      for (const dSae of grid.latents) {
        for (const l0 of grid.l0s) {
          const own = {
            ...training,
            architecture,
            ...architectureSettings(architecture, l0),
            dSae,
          };
          const id = defaultSaeId({ modelName, hookName, training: own });
          points.push({ saeId: `${name}-${id}`, hookName, l0, training: own });
        }
      }
    }
  }
  return points;
}

/** Checks the hooks and reads the text once; returns the corpus's name. */
async function prepare(
  request: SweepRequest,
  text: TextUse,
  ui: StepUi,
): Promise<string> {
  const { modelName, corpus, grid } = request;
  return withEngine(request, ui, async (engine) => {
    const model = await Gpt2.load(await openModelFolder(modelName, ui), {
      name: modelName,
      engine,
    });
    try {
      for (const hook of grid.hookNames) parseHook(hook, model.config);
      const { train } = await openCorpus(corpus, ui);
      if (text.cacheBytes > 0) {
        await fillActivations(model, train, grid.hookNames, text, ui);
      }
      return train.name;
    } finally {
      await model.dispose();
    }
  });
}

/** Trains and evaluates one SAE; null if that was interrupted. */
async function measureCell(
  request: SweepRequest,
  text: TextUse,
  { saeId, hookName, l0, training }: Point,
  before: SweepCell | undefined,
  ui: StepUi,
): Promise<{ cell: SweepCell; tokens: number } | null> {
  const asked = {
    saeId,
    hookName,
    architecture: training.architecture,
    dSae: training.dSae,
    k: training.k ?? l0,
    sparsity: null,
  };
  const { restart, threads, engine } = request;
  const common = {
    ...(engine === undefined ? {} : { engine }),
    ...(threads === undefined ? {} : { threads }),
  };
  try {
    const started = performance.now();
    const trained = await runTrain(
      {
        ...request,
        ...common,
        ...{ hookName, training, text, saeId, restart },
      },
      ui,
    );
    if (trained.status === "interrupted") return null;
    const seconds = (performance.now() - started) / 1000;
    const tokens = trained.steps * training.batchSize;
    const e = await ensureEvaluated(
      { ...DEFAULT_EVALUATION, ...common, saeId, corpus: request.corpus },
      ui,
    );
    ui.say(
      `         FVU ${e.fvu.toFixed(4)} at L0 ${e.l0.toFixed(1)}, ${(100 * e.ceRecovered).toFixed(1)} % recovered`,
    );
    const { l0: l0Measured, fvu, deltaCe, kl, deadFraction } = e;
    const cell: SweepCell = {
      ...asked,
      status: "done",
      error: null,
      l0: l0Measured,
      ...{ fvu, deltaCe, kl, deadFraction },
      ceRecovered: e.ceRecovered,
      ceRecoveredFromMean: e.ceRecoveredFromMean,
      trainTokensPerSecond:
        trained.status === "finished"
          ? tokens / seconds
          : (before?.trainTokensPerSecond ?? null),
      engine: trained.engine.name,
    };
    return { cell, tokens };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    ui.say(`         failed: ${error.message}`);
    return { cell: failedCell(asked, error.message), tokens: 0 };
  }
}

function failedCell(
  asked: Pick<
    SweepCell,
    "saeId" | "hookName" | "architecture" | "dSae" | "k" | "sparsity"
  >,
  error: string,
): SweepCell {
  return {
    ...asked,
    status: "failed",
    error,
    l0: null,
    fvu: null,
    deltaCe: null,
    ceRecovered: null,
    ceRecoveredFromMean: null,
    kl: null,
    deadFraction: null,
    trainTokensPerSecond: null,
    engine: "",
  };
}

/** The report that is there; null if there is none that can be read. */
async function readReport(file: string): Promise<SweepReport | null> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return null;
    throw error;
  }
  try {
    return sweepReportSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
