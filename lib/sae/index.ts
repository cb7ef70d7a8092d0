/**
 * Sparse autoencoders: architectures, training, evaluation and the files they
 * live in. Knows nothing of language models or text: activations come in
 * through `ActivationSource`, and evaluation through `EvaluationModel`.
 */
export type { ActivationSource } from "./activation-source";
export {
  ARCHITECTURES,
  hasK,
  type Architecture,
  type SaeConfig,
  type TrainingConfig,
} from "./config";
export { readDirections, type FeatureDirections } from "./directions";
export { createEncoder, decode, type SaeEncoder } from "./encode";
export {
  evaluateSae,
  type Evaluation,
  type EvaluationModel,
  type EvaluationText,
} from "./evaluate";
export { randomUnitRows } from "./initialise";
export { readMetrics, type TrainingMetrics } from "./metrics-log";
export {
  dictionaryRecovery,
  plantedDictionary,
  type PlantedDictionary,
  type PlantedOptions,
} from "./planted";
export {
  architectureSettings,
  PRESETS,
  presetTraining,
  type Preset,
  type PresetName,
} from "./presets";
export { loadSae, saveSae, WEIGHTS_FILE, type Sae } from "./sae";
export { parametersOf } from "./train-state";
export { openTrainer } from "./open-trainer";
export { SparseTrainer } from "./sparse/sparse-trainer";
export type { SaeTrainer, StepMetrics, StepSchedule } from "./trainer";
export {
  CHECKPOINT_FILE,
  METRICS_FILE,
  RUN_FILE,
  runFingerprint,
  trainSae,
  type TrainOptions,
  type TrainOutcome,
} from "./train";
