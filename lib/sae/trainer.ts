import type { TrainingConfig } from "./config";
import type { Snapshot } from "./train-state";

/** What a step needs besides its batch. */
export interface StepSchedule {
  lr: number;
  /** λ of this step. */
  sparsity: number;
}

/** What one step measured, before its update; means are over its tokens. */
export interface StepMetrics {
  /** All that was minimised, auxiliary losses included. */
  loss: number;
  /** Mean of ‖x − x̂‖², in normalised units. */
  mse: number;
  /** Mean of ‖f‖₁. */
  l1: number;
  /** Mean of ‖f‖₀. */
  l0: number;
  /** Mean of ‖ê − e‖² of AuxK; 0 without it. */
  auxMse: number;
  /** Latents that were dead when the step began. */
  dead: number;
  /** batch_topk: the smallest activation chosen; null if there is none. */
  threshold: number | null;
  /** [batchSize] ‖x − x̂‖² of each token; valid until the next step. */
  errors: Float32Array;
  /**
   * If asked for: the loss's gradients by parameter, before projection and
   * clipping; valid until the next step.
   */
  gradients?: Record<string, Float32Array>;
  /** With the gradients: the dense code [batchSize × dSae], and what it decodes
   *  to, [batchSize × dIn]. */
  f?: Float32Array;
  xHat?: Float32Array;
}

/** One SAE in training, on some engine. */
export interface SaeTrainer {
  readonly config: TrainingConfig;
  /** The batch, [batchSize × dIn], normalised; fill it, then call `step`. */
  readonly input: Float32Array;
  /** One optimiser step on `input` (docs/method.md, §2). */
  step(
    schedule: StepSchedule,
    options?: { gradients?: boolean },
  ): Promise<StepMetrics>;
  /** The state; arrays may be live, so use them before the next step. */
  snapshot(): Promise<Omit<Snapshot, "numbers">>;
  /** Goes on from a state; its arrays are copied. */
  restore(snapshot: Omit<Snapshot, "numbers">): Promise<void>;
  dispose(): Promise<void>;
}
