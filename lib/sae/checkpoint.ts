import { rm, stat } from "node:fs/promises";
import {
  readSafetensors,
  readSafetensorsHeader,
  writeSafetensors,
} from "#lib/compute/index";
import { AppError } from "#lib/errors";
import type { TrainingConfig } from "./config";
import { stateShapes, type Snapshot, type StateNumbers } from "./train-state";

const FORMAT = "monolex-checkpoint-2";

/** What a checkpoint holds besides the training state. */
export interface CheckpointHeader {
  /** Of configuration, data and model: another run's file is not continued. */
  fingerprint: string;
  /** What inputs are multiplied by. */
  scale: number;
}

/** Writes the state whole or not at all (temporary, flush, rename). */
export async function saveCheckpoint(
  file: string,
  config: TrainingConfig,
  state: Snapshot,
  header: CheckpointHeader,
): Promise<void> {
  const shapes = stateShapes(config);
  const tensors: Record<string, { data: Float32Array; shape: number[] }> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    tensors[name] = { data: state.tensors[name]!, shape };
  }
  // Whole batches, so float32 is exact up to 2²⁴ steps.
  tensors.silentSteps = {
    data: Float32Array.from(state.silentTokens, (t) => t / config.batchSize),
    shape: [config.dSae],
  };
  await writeSafetensors(file, tensors, {
    format: FORMAT,
    step: String(state.step),
    fingerprint: header.fingerprint,
    scale: String(header.scale),
    // A number's shortest decimal form is read back as the same number.
    numbers: JSON.stringify(state.numbers),
    hints: JSON.stringify(state.hints),
  });
}

/**
 * The state in a checkpoint of this very run.
 *
 * @returns null when there is no checkpoint.
 * @throws AppError when there is one of another run, or it cannot be read.
 */
export async function loadCheckpoint(
  file: string,
  config: TrainingConfig,
  fingerprint: string,
): Promise<{ state: Snapshot; header: CheckpointHeader } | null> {
  if (!(await exists(file))) return null;
  const { metadata } = await readSafetensorsHeader(file);
  if (metadata.format !== FORMAT || metadata.fingerprint !== fingerprint) {
    throw new AppError(
      "conflict",
      `${file} belongs to a run with another configuration, model or text: give this run another name, or start it afresh with --restart.`,
    );
  }
  const shapes: Record<string, number[]> = {
    ...stateShapes(config),
    silentSteps: [config.dSae],
  };
  const { tensors } = await readSafetensors(file, shapes);
  const { silentSteps, ...rest } = tensors;
  return {
    state: {
      step: Number(metadata.step),
      tensors: rest,
      silentTokens: Float64Array.from(
        silentSteps!,
        (steps) => steps * config.batchSize,
      ),
      numbers: JSON.parse(metadata.numbers!) as StateNumbers,
      hints: JSON.parse(metadata.hints!) as Record<string, number>,
    },
    header: { fingerprint, scale: Number(metadata.scale) },
  };
}

export async function removeCheckpoint(file: string): Promise<void> {
  await rm(file, { force: true });
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
