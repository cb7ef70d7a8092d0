import type { TrainingConfig } from "#lib/sae/config";

/** Trained numbers besides W_enc, W_dec, b_enc and b_dec: one per latent. */
export type LatentParameterName = "threshold" | "r_mag" | "b_mag";

/** A latent parameter in a step, [dSae] each. */
export interface LatentParameter {
  readonly value: Float32Array;
  /** Starts at 0; an architecture adds to it. */
  readonly gradient: Float32Array;
}

/**
 * One training step's sparse code, as an architecture sees it. Arrays hold one
 * number per entry (t, i), a token t and a latent i that may be active.
 */
export interface SparseStep {
  readonly config: TrainingConfig;
  /** Tokens in the batch, B. */
  readonly rows: number;
  readonly entries: number;
  /** λ of this step. */
  readonly sparsity: number;
  /** Latent of each entry. */
  readonly indices: Uint32Array;
  /** f: selected pre-activations until `activate` has run. */
  readonly values: Float32Array;
  /** z, where the architecture asked for it with `keepsPreActivations`. */
  readonly pre: Float32Array;
  /** ∂mse/∂f, which `backward` turns into ∂L/∂z. */
  readonly dValues: Float32Array;
  readonly latents: Record<LatentParameterName, LatentParameter>;
  /** [dSae] */
  readonly bEnc: Float32Array;
  /** [dSae] dL/db_enc, where it is not Σ_t dz (`ownsBiasGradient`). */
  readonly biasGradient: Float32Array;
  /** [dSae] c: dL/dW_dec[i] += c_i W_dec[i]; starts at 0 (`pullsDecoder`). */
  readonly decoderPull: Float32Array;
  /** [dSae] ‖W_dec[i]‖ (`pullsDecoder`). */
  decoderNorms(): Float32Array;
  /**
   * Decodes another code on the same entries with the decoder held constant:
   * its mean squared error and, per entry, the gradient.
   */
  reconstruct(values: Float32Array): { mse: number; dValues: Float32Array };
}

/**
 * What sets one architecture apart in training: which pre-activations become
 * entries of the sparse code, their activations, and what its loss adds.
 * Everything else (decoding, gradients, the optimiser) is the same for all.
 */
export interface ArchitectureDefinition {
  /** k a token, k·B a batch, or all above a limit. */
  readonly selection: "topk" | "batch_topk" | "above";
  readonly latentParameters: readonly LatentParameterName[];
  readonly keepsPreActivations?: boolean;
  readonly ownsBiasGradient?: boolean;
  pullsDecoder?(config: TrainingConfig): boolean;
  /** For "above": what z must exceed to become an entry; default 0. */
  limit?(config: TrainingConfig, threshold: number): number;
  /** Turns z into f, in place. */
  activate?(step: SparseStep): void;
  /** Completes the gradients; returns the loss besides the reconstruction's. */
  backward?(step: SparseStep): number;
  /** A latent parameter's value before the first step; default 0. */
  initial?: Partial<Record<LatentParameterName, number>>;
}
