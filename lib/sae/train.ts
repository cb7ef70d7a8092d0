import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { AppError, systemErrorCode } from "#lib/errors";
import { writeFileAtomic } from "#lib/files";
import { Rng } from "#lib/random";
import type { ActivationSource } from "./activation-source";
import { loadCheckpoint, removeCheckpoint, saveCheckpoint } from "./checkpoint";
import {
  checkTrainingConfig,
  type SaeConfig,
  type TrainingConfig,
} from "./config";
import { foldScale } from "./fold";
import {
  geometricMedian,
  meanOf,
  normalisingScale,
  randomUnitRows,
} from "./initialise";
import { MetricsLog, type TrainingMetrics } from "./metrics-log";
import { saveSae } from "./sae";
import { l1Coefficient, learningRate } from "./schedule";
import { ShufflePlan, type Window } from "./shuffle-plan";
import { SaeTrainer } from "./trainer";

export const CHECKPOINT_FILE = "checkpoint.safetensors";
export const METRICS_FILE = "metrics.jsonl";
/** How a finished SAE was trained: written last, so its presence means done. */
export const RUN_FILE = "runner_cfg.json";

const LOG_EVERY_STEPS = 10;
/** Rows from which scale and centre are estimated. */
const STATISTICS_ROWS = 32_768;
const DECODER_INIT = 3;

export interface TrainOptions {
  config: TrainingConfig;
  /** What is written to cfg.json with the weights. */
  identity: Omit<SaeConfig, "architecture" | "dIn" | "dSae" | "k">;
  source: ActivationSource;
  /** The SAE's folder: checkpoint, metrics, and in the end the SAE. */
  folder: string;
  threads?: number;
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

  const trainer = await SaeTrainer.create(
    config,
    options.threads ?? availableParallelism(),
  );
  try {
    const checkpoint = join(folder, CHECKPOINT_FILE);
    const header = await loadCheckpoint(
      checkpoint,
      trainer.state,
      fingerprint,
      config.batchSize,
    );
    let scale = header?.scale;
    const log = new MetricsLog(join(folder, METRICS_FILE));
    await log.truncate(trainer.state.step);
    options.onStart?.({ steps: plan.steps, resumedAt: trainer.state.step });

    const buffer = new Float32Array(plan.maxRows * source.dIn);
    let saved = now();
    for (
      let window = plan.windowOf(trainer.state.step);
      window !== undefined;
      window = plan.windows[window.index + 1]
    ) {
      await source.read(window.sequences, buffer);
      options.onWindow?.({ rows: window.rows });
      const order = plan.rowOrder(window);
      scale ??= initialise(trainer, buffer, order);
      while (trainer.state.step < window.firstStep + window.batches) {
        fillBatch(trainer, buffer, order, window, scale);
        const metrics = await runStep(trainer, plan.steps);
        const { step } = trainer.state;
        if (metrics !== null) await log.append(metrics);
        options.onStep?.(metrics, step);
        const stop = signal?.aborted === true;
        if (stop || (now() - saved >= every && step < plan.steps)) {
          await saveCheckpoint(
            checkpoint,
            trainer.state,
            { fingerprint, scale },
            config.batchSize,
          );
          saved = now();
        }
        if (stop) return { status: "interrupted", step };
      }
    }
    await writeResult(trainer, scale!, options);
    await writeFileAtomic(
      join(folder, RUN_FILE),
      `${JSON.stringify({ fingerprint, steps: plan.steps, ...config }, null, 2)}\n`,
    );
    await removeCheckpoint(checkpoint);
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

/**
 * Decoder rows uniform on the sphere, the encoder its transpose, biases zero,
 * b_dec at the data's centre. Returns the inputs' scale.
 */
function initialise(
  trainer: SaeTrainer,
  buffer: Float32Array,
  order: Uint32Array,
): number {
  const { config, state } = trainer;
  const { dIn, dSae } = config;
  const rows = Math.min(STATISTICS_ROWS, order.length);
  const sample = new Float32Array(rows * dIn);
  for (let r = 0; r < rows; r++) {
    const from = order[r]! * dIn;
    sample.set(buffer.subarray(from, from + dIn), r * dIn);
  }
  const scale = config.normalize ? normalisingScale(sample, rows, dIn) : 1;
  if (config.bDecInit !== "zero") {
    const centre =
      config.bDecInit === "mean"
        ? meanOf(sample, rows, dIn)
        : geometricMedian(sample, rows, dIn);
    state.view("b_dec").set(centre.map((c) => c * scale));
  }
  const W_dec = state.view("W_dec");
  randomUnitRows(W_dec, dSae, dIn, Rng.of(config.seed, DECODER_INIT));
  state.view("W_enc").set(W_dec);
  return scale;
}

function fillBatch(
  trainer: SaeTrainer,
  buffer: Float32Array,
  order: Uint32Array,
  window: Window,
  scale: number,
): void {
  const { batchSize, dIn } = trainer.config;
  const { input } = trainer;
  const first = (trainer.state.step - window.firstStep) * batchSize;
  for (let r = 0; r < batchSize; r++) {
    const from = order[first + r]! * dIn;
    const to = r * dIn;
    for (let c = 0; c < dIn; c++) input[to + c] = buffer[from + c]! * scale;
  }
}

/** One step; its metrics every few steps and at the end, else null. */
async function runStep(
  trainer: SaeTrainer,
  steps: number,
): Promise<TrainingMetrics | null> {
  const { config, state } = trainer;
  const { step } = state;
  const lr = learningRate(config, step, steps);
  const result = await trainer.step({
    lr,
    l1Coefficient: l1Coefficient(config, step),
  });
  if (step % LOG_EVERY_STEPS !== 0 && step !== steps - 1) return null;
  return {
    step,
    tokens: (step + 1) * config.batchSize,
    mse: result.mse,
    fvu: result.mse / meanSquaredDistance(trainer.input, config.dIn),
    l0: result.l0,
    l1: result.l1,
    auxMse: result.auxMse,
    dead: result.dead,
    lr,
  };
}

/** Mean over rows of ‖x − mean‖²: what FVU divides by. */
function meanSquaredDistance(x: Float32Array, d: number): number {
  const rows = x.length / d;
  const mean = meanOf(x, rows, d);
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i]! - mean[i % d]!) ** 2;
  return sum / rows;
}

async function writeResult(
  trainer: SaeTrainer,
  scale: number,
  options: TrainOptions,
): Promise<void> {
  const { config, state } = trainer;
  const weights = {
    W_enc: state.view("W_enc"),
    W_dec: state.view("W_dec"),
    b_enc: state.view("b_enc"),
    b_dec: state.view("b_dec"),
  };
  await saveSae(
    options.folder,
    {
      ...options.identity,
      architecture: config.architecture,
      dIn: config.dIn,
      dSae: config.dSae,
      k: config.k,
    },
    foldScale(weights, scale),
  );
}
