import { availableParallelism } from "node:os";
import { TfjsEngine, type Engine } from "#lib/compute/index";
import type { TrainingConfig } from "./config";
import { TfjsTrainer } from "./dense/tfjs-trainer";
import { SparseTrainer } from "./sparse/sparse-trainer";
import type { SaeTrainer } from "./trainer";

/**
 * The trainer for an engine: dense on TensorFlow.js, sparse on the CPU. Both
 * keep the same checkpoints, so one goes on where the other stopped.
 *
 * @param engine stays open when the trainer is disposed.
 */
export function openTrainer(
  config: TrainingConfig,
  engine: Engine,
  threads: number = availableParallelism(),
): Promise<SaeTrainer> {
  return engine instanceof TfjsEngine
    ? TfjsTrainer.create(config, engine.loaded)
    : SparseTrainer.create(config, threads);
}
