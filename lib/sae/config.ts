/** The architectures this version trains and runs (docs/method.md, §1). */
export const ARCHITECTURES = [
  "topk",
  "batch_topk",
  "matryoshka_batch_topk",
  "jumprelu",
  "gated",
  "relu_l1",
] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** Architectures whose sparsity is a number of latents, chosen beforehand. */
export function hasK(architecture: Architecture): boolean {
  return (
    architecture === "topk" ||
    architecture === "batch_topk" ||
    architecture === "matryoshka_batch_topk"
  );
}

/** What an SAE is and what it reads; everything needed to run it. */
export interface SaeConfig {
  /** How it was trained. */
  architecture: Architecture;
  dIn: number;
  dSae: number;
  /** Active latents per token (on average for the batch_topk family); null
   *  where the architecture does not fix it. */
  k: number | null;
  modelName: string;
  /** Hook point as TransformerLens spells it, e.g. blocks.8.hook_resid_pre. */
  hookName: string;
  contextSize: number;
  /** What it was trained on, by name. */
  corpusName: string;
}

/**
 * What keeps latents alive (docs/method.md, Eq. 6, 34, 35): an auxiliary loss
 * that lets dead latents model the error, a pull on their pre-activations, or
 * starting them afresh at badly reconstructed inputs.
 */
export type DeadLatentPolicy = "none" | "aux_k" | "pre_activation" | "resample";

/** How an SAE is trained. All rates are per token or per step as named. */
export interface TrainingConfig {
  architecture: Architecture;
  dIn: number;
  dSae: number;
  /** Latents per token of the top-k family; null for the others. */
  k: number | null;
  /** λ: of the L1 norm (relu_l1, gated) or of L0 (jumprelu); 0 for top-k. */
  sparsityCoefficient: number;
  /** Steps over which λ grows linearly from 0. */
  sparsityWarmupSteps: number;
  /** Adjust λ until a token has this many active latents; null: keep λ. */
  targetL0: number | null;
  /** Start with about this many active latents per token, by biases or
   *  thresholds (Eq. 33); null: start with biases of 0. */
  initialL0: number | null;
  /** relu_l1: weigh each latent's L1 by its decoder row's norm (Eq. 25);
   *  asks for unitNormDecoder: false. */
  decoderNormL1: boolean;
  /** jumprelu: ε, the width of the straight-through estimator's window. */
  bandwidth: number;
  /** jumprelu: the thresholds' learning rate as a multiple of lr. */
  thresholdLrScale: number;
  /** matryoshka_batch_topk: the nested dictionaries' sizes as shares of dSae,
   *  ascending, the last 1; null for the others. */
  matryoshkaFractions: readonly number[] | null;
  lr: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  /** Steps over which the learning rate grows linearly from 0. */
  lrWarmupSteps: number;
  /** The last share of all steps, over which it falls linearly to 0. */
  lrDecayFraction: number;
  /** Scale gradients down to this global norm; null: do not. */
  gradClip: number | null;
  /** Save an average of the weights with this decay; null: the last weights. */
  emaDecay: number | null;
  /** Tokens per step. */
  batchSize: number;
  /** Tokens that the shuffle window holds (Eq. 9). */
  bufferTokens: number;
  epochs: number;
  /** Stop after this many tokens, if the epochs have more; null: no limit. */
  maxTokens: number | null;
  /** Keep decoder rows at unit norm. */
  unitNormDecoder: boolean;
  bDecInit: "mean" | "geometric_median" | "zero";
  /** Scale inputs so that the mean of ‖x − mean(x)‖ is √dIn. */
  normalize: boolean;
  deadLatents: DeadLatentPolicy;
  /** A latent is dead once it has been silent for this many tokens. */
  deadAfterTokens: number;
  /** α of the auxiliary loss (Eq. 6), or of the pre-activation loss (Eq. 34). */
  deadCoefficient: number;
  /** aux_k: dead latents that take part, per token. */
  auxK: number;
  /** resample: dead latents start afresh every this many steps. */
  resampleEverySteps: number;
  seed: number;
}
