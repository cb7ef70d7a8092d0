import { rm, stat } from "node:fs/promises";
import { readSafetensors, writeSafetensors } from "#lib/compute/index";
import { AppError } from "#lib/errors";
import { STATE_TENSORS, type TrainState } from "./train-state";

const FORMAT = "monolex-checkpoint-1";

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
  state: TrainState,
  header: CheckpointHeader,
  batchSize: number,
): Promise<void> {
  const tensors: Record<string, { data: Float32Array; shape: number[] }> = {};
  for (const name of STATE_TENSORS) {
    tensors[name] = { data: state.view(name), shape: state.shape(name) };
  }
  // Whole batches, so float32 is exact up to 2²⁴ steps.
  tensors.silentSteps = {
    data: Float32Array.from(state.silentTokens, (t) => t / batchSize),
    shape: [state.dSae],
  };
  await writeSafetensors(file, tensors, {
    format: FORMAT,
    step: String(state.step),
    fingerprint: header.fingerprint,
    scale: String(header.scale),
  });
}

/**
 * Restores the state from a checkpoint of this very run.
 *
 * @returns the header, or null when there is no checkpoint.
 * @throws AppError when there is one of another run, or it cannot be read.
 */
export async function loadCheckpoint(
  file: string,
  state: TrainState,
  fingerprint: string,
  batchSize: number,
): Promise<CheckpointHeader | null> {
  if (!(await exists(file))) return null;
  const shapes = Object.fromEntries([
    ...STATE_TENSORS.map((name) => [name, state.shape(name)]),
    ["silentSteps", [state.dSae]],
  ]) as Record<string, number[]>;
  const { metadata, tensors } = await readSafetensors(file, shapes);
  if (metadata.format !== FORMAT || metadata.fingerprint !== fingerprint) {
    throw new AppError(
      "conflict",
      `${file} belongs to a run with another configuration, model or text: give this run another name, or start it afresh with --restart.`,
    );
  }
  for (const name of STATE_TENSORS) state.view(name).set(tensors[name]!);
  tensors.silentSteps!.forEach((steps, i) => {
    state.silentTokens[i] = steps * batchSize;
  });
  state.step = Number(metadata.step);
  return { fingerprint, scale: Number(metadata.scale) };
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
