import { loadDevice } from "#lib/compute/index";
import type { TrainingConfig } from "#lib/sae/config";
import { TfjsTrainer } from "#lib/sae/dense/tfjs-trainer";
import { SparseTrainer } from "#lib/sae/sparse/sparse-trainer";
import type { SaeTrainer } from "#lib/sae/trainer";

/** Every engine's trainer: one suite holds them together. */
export const TRAINERS: Record<
  string,
  (config: TrainingConfig, threads: number) => Promise<SaeTrainer>
> = {
  sparse: (config, threads) => SparseTrainer.create(config, threads),
  tfjs: async (config) => TfjsTrainer.create(config, await loadDevice("cpu")),
};
