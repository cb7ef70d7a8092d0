import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { AppError, systemErrorCode } from "#lib/errors";
import { writeFileAtomic } from "#lib/files";
import { Rng } from "#lib/random";
import type { ActivationSource } from "./activation-source";
import { checkTrainingConfig } from "./check-config";
import { loadCheckpoint, removeCheckpoint, saveCheckpoint } from "./checkpoint";
import type { SaeConfig, TrainingConfig } from "./config";
import { finishedWeights } from "./finish";
import { meanOf } from "./initialise";
import { MetricsLog, type TrainingMetrics } from "./metrics-log";
import { resampleDeadLatents } from "./resample";
import { saveSae } from "./sae";
import { learningRate, nextLevel, sparsityOf } from "./schedule";
import { ShufflePlan, type Window } from "./shuffle-plan";
import { SparseTrainer } from "./sparse/sparse-trainer";
import { startTraining } from "./start";
import { initialNumbers, type StateNumbers } from "./train-state";
import type { SaeTrainer, StepMetrics } from "./trainer";

export const CHECKPOINT_FILE = "checkpoint.safetensors";
export const METRICS_FILE = "metrics.jsonl";
/** How a finished SAE was trained: written last, so its presence means done. */
export const RUN_FILE = "runner_cfg.json";

const LOG_EVERY_STEPS = 10;
/** Weight of the latest batch in the learned threshold (Eq. 27). */
const THRESHOLD_RATE = 0.1;
/** Purpose of a random stream of the run (`Rng.of(seed, purpose, …)`). */
const RESAMPLING = 4;

export interface TrainOptions {
  config: TrainingConfig;
  /** What is written to cfg.json with the weights. */
  identity: Omit<SaeConfig, "architecture" | "dIn" | "dSae" | "k">;
  source: ActivationSource;
  /** The SAE's folder: checkpoint, metrics, and in the end the SAE. */
  folder: string;
  threads?: number;
  /** The engine's trainer; default: the sparse one on the CPU. */
  createTrainer?: (config: TrainingConfig) => Promise<SaeTrainer>;
  /** What is noted in the run file besides the configuration. */
  provenance?: Record<string, unknown>;
  /** A checkpoint at least this often; 0: after every step. */
  checkpointSeconds?: number;
  /** Milliseconds from any start. */
  now?: () => number;
  /** Aborting ends training after the current step, with a checkpoint. */
  signal?: AbortSignal;
  onStart?: (info: { steps: number; resumedAt: number }) => void;
  onWindow?: (info: { rows: number }) => void;
  onStep?: (metrics: TrainingMetrics | null, step: number) => void;
}

export type TrainOutcome =
  | { status: "already"; steps: number }
  | { status: "finished"; steps: number }
  | { status: "interrupted"; step: number };

/**
 * Trains an SAE from the configuration's first step, or from the checkpoint in
 * its folder, to the last. The weights that come out do not depend on how
 * often it was interrupted in between.
 *
 * @throws AppError for a configuration or a checkpoint that cannot work.
 */
export async function trainSae(options: TrainOptions): Promise<TrainOutcome> {
  const { config, source, folder, signal } = options;
  const now = options.now ?? (() => performance.now());
  const every = (options.checkpointSeconds ?? 20) * 1000;
  checkTrainingConfig(config);
  const plan = new ShufflePlan(config, source);
  const fingerprint = runFingerprint(config, source);
  if (await isFinished(folder, fingerprint)) {
    return { status: "already", steps: plan.steps };
  }
  await mkdir(folder, { recursive: true });

  const threads = options.threads ?? availableParallelism();
  const trainer =
    (await options.createTrainer?.(config)) ??
    (await SparseTrainer.create(config, threads));
  try {
    const file = join(folder, CHECKPOINT_FILE);
    const checkpoint = await loadCheckpoint(file, config, fingerprint);
    if (checkpoint !== null) await trainer.restore(checkpoint.state);
    const run = {
      step: checkpoint?.state.step ?? 0,
      numbers: checkpoint?.state.numbers ?? initialNumbers(config),
    };
    let scale = checkpoint?.header.scale;
    const log = new MetricsLog(join(folder, METRICS_FILE));
    await log.truncate(run.step);
    options.onStart?.({ steps: plan.steps, resumedAt: run.step });

    const buffer = new Float32Array(plan.maxRows * source.dIn);
    let saved = now();
    for (
      let window = plan.windowOf(run.step);
      window !== undefined;
      window = plan.windows[window.index + 1]
    ) {
      await source.read(window.sequences, buffer);
      options.onWindow?.({ rows: window.rows });
      const order = plan.rowOrder(window);
      scale ??= await startTraining(trainer, buffer, order);
      while (run.step < window.firstStep + window.batches) {
        fillBatch(trainer, buffer, order, window, run.step, scale);
        const metrics = await runStep(trainer, run, plan.steps);
        run.step++;
        if (metrics !== null) await log.append(metrics);
        options.onStep?.(metrics, run.step);
        const stop = signal?.aborted === true;
        const due = now() - saved >= every && run.step < plan.steps;
        if (stop || due) {
          const state = { ...(await trainer.snapshot()), numbers: run.numbers };
          await saveCheckpoint(file, config, state, { fingerprint, scale });
          saved = now();
        }
        if (stop) return { status: "interrupted", step: run.step };
      }
    }
    const { tensors } = await trainer.snapshot();
    await saveSae(
      folder,
      {
        ...options.identity,
        architecture: config.architecture,
        dIn: config.dIn,
        dSae: config.dSae,
        k: config.k,
      },
      finishedWeights(config, tensors, run, scale!),
    );
    await writeFileAtomic(
      join(folder, RUN_FILE),
      `${JSON.stringify({ fingerprint, steps: plan.steps, scale, ...config, ...options.provenance }, null, 2)}\n`,
    );
    await removeCheckpoint(file);
    return { status: "finished", steps: plan.steps };
  } finally {
    await trainer.dispose();
  }
}

/** A hash of everything the result depends on. */
export function runFingerprint(
  config: TrainingConfig,
  source: Pick<ActivationSource, "fingerprint">,
): string {
  return createHash("sha256")
    .update(JSON.stringify([config, source.fingerprint]))
    .digest("hex");
}

/**
 * Whether the folder holds the result of this very run.
 *
 * @throws AppError when it holds the result of another.
 */
async function isFinished(
  folder: string,
  fingerprint: string,
): Promise<boolean> {
  let text: string;
  try {
    text = await readFile(join(folder, RUN_FILE), "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return false;
    throw error;
  }
  const run = JSON.parse(text) as { fingerprint?: string };
  if (run.fingerprint === fingerprint) return true;
  throw new AppError(
    "conflict",
    `${folder} already holds an SAE that was trained with another configuration, model or text: give this run another name, or start it afresh with --restart.`,
  );
}

function fillBatch(
  trainer: SaeTrainer,
  buffer: Float32Array,
  order: Uint32Array,
  window: Window,
  step: number,
  scale: number,
): void {
  const { batchSize, dIn } = trainer.config;
  const { input } = trainer;
  const first = (step - window.firstStep) * batchSize;
  for (let r = 0; r < batchSize; r++) {
    const from = order[first + r]! * dIn;
    const to = r * dIn;
    for (let c = 0; c < dIn; c++) input[to + c] = buffer[from + c]! * scale;
  }
}

/**
 * One step, and what follows from it: the learned threshold, the next λ, dead
 * latents started afresh. Its metrics every few steps and at the end, else null.
 */
async function runStep(
  trainer: SaeTrainer,
  run: { step: number; numbers: StateNumbers },
  steps: number,
): Promise<TrainingMetrics | null> {
  const { config } = trainer;
  const { step, numbers } = run;
  const lr = learningRate(config, step, steps);
  const sparsity = sparsityOf(config, numbers.sparsity, step);
  const result = await trainer.step({ lr, sparsity });
  if (result.threshold !== null) {
    numbers.thresholdSum +=
      THRESHOLD_RATE * (result.threshold - numbers.thresholdSum);
    numbers.thresholdWeight += THRESHOLD_RATE * (1 - numbers.thresholdWeight);
  }
  const { level } = numbers.sparsity;
  numbers.sparsity = {
    level: nextLevel(config, level, result.l0, step),
    l0: result.l0,
  };
  await resample(trainer, result, step, steps);
  if (step % LOG_EVERY_STEPS !== 0 && step !== steps - 1) return null;
  return {
    step,
    tokens: (step + 1) * config.batchSize,
    loss: result.loss,
    mse: result.mse,
    fvu: result.mse / meanSquaredDistance(trainer.input, config.dIn),
    l0: result.l0,
    l1: result.l1,
    sparsity,
    auxMse: result.auxMse,
    dead: result.dead,
    lr,
  };
}

/** Every so often, and not while the learning rate already falls. */
async function resample(
  trainer: SaeTrainer,
  result: StepMetrics,
  step: number,
  steps: number,
): Promise<void> {
  const { config, input } = trainer;
  if (config.deadLatents !== "resample" || result.dead === 0) return;
  const last = steps * (1 - config.lrDecayFraction);
  if ((step + 1) % config.resampleEverySteps !== 0 || step >= last) return;
  const state = await trainer.snapshot();
  const rng = Rng.of(config.seed, RESAMPLING, step);
  resampleDeadLatents(config, state, input, result.errors, rng);
  await trainer.restore(state);
}

/** Mean over rows of ‖x − mean‖²: what FVU divides by. */
function meanSquaredDistance(x: Float32Array, d: number): number {
  const rows = x.length / d;
  const mean = meanOf(x, rows, d);
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i]! - mean[i % d]!) ** 2;
  return sum / rows;
}
