import { AppError } from "#lib/errors";
import { hasK, type TrainingConfig } from "./config";

function fail(message: string): never {
  throw new AppError("invalid", message);
}

/**
 * Refuses a training configuration that cannot work, before anything runs.
 *
 * @throws AppError with one sentence.
 */
export function checkTrainingConfig(config: TrainingConfig): void {
  const wholes = {
    "the dictionary size": config.dSae,
    "the batch size": config.batchSize,
    "the number of epochs": config.epochs,
    "the shuffle window": config.bufferTokens,
  };
  for (const [name, value] of Object.entries(wholes)) {
    if (!Number.isInteger(value) || value < 1) {
      fail(`${name} must be a whole number of at least 1, not ${value}.`);
    }
  }
  checkSparsity(config);
  checkArchitecture(config);
  checkOptimiser(config);
  if (config.bufferTokens < config.batchSize) {
    fail(
      `the shuffle window (${config.bufferTokens} tokens) is smaller than a batch (${config.batchSize}).`,
    );
  }
}

function checkSparsity(config: TrainingConfig): void {
  const { architecture, k, dSae, sparsityCoefficient, targetL0 } = config;
  if (hasK(architecture)) {
    if (k === null) fail(`a ${architecture} SAE needs k.`);
    if (!Number.isInteger(k) || k < 1) {
      fail(`k must be a whole number of at least 1, not ${k}.`);
    }
    if (k > dSae) {
      fail(
        `k = ${k} is more than the ${dSae} latents there are: choose k ≤ ${dSae}.`,
      );
    }
    if (targetL0 !== null) {
      fail(`a ${architecture} SAE takes k, not a target L0.`);
    }
    return;
  }
  if (k !== null) {
    fail(`a ${architecture} SAE has no k: choose λ or a target L0.`);
  }
  if (!(sparsityCoefficient > 0)) {
    fail(
      `the sparsity coefficient must be above 0, not ${sparsityCoefficient}: without it a ${architecture} SAE is not sparse.`,
    );
  }
  for (const [name, l0] of [
    ["target L0", targetL0],
    ["initial L0", config.initialL0],
  ] as const) {
    if (l0 !== null && !(l0 > 0 && l0 < dSae)) {
      fail(`the ${name} must be between 0 and ${dSae}, not ${l0}.`);
    }
  }
}

function checkArchitecture(config: TrainingConfig): void {
  const { architecture, matryoshkaFractions: fractions } = config;
  if (config.decoderNormL1) {
    if (architecture !== "relu_l1") {
      fail(`only relu_l1 weighs its L1 by the decoder's norms.`);
    }
    if (config.unitNormDecoder) {
      fail(
        `an L1 weighted by the decoder's norms is for a decoder without unit norm.`,
      );
    }
  }
  if (architecture === "jumprelu" && !(config.bandwidth > 0)) {
    fail(`the bandwidth must be above 0, not ${config.bandwidth}.`);
  }
  if (architecture === "matryoshka_batch_topk") {
    const ascending = fractions?.every(
      (share, i) => share > (fractions[i - 1] ?? 0),
    );
    if (!ascending || fractions!.at(-1) !== 1) {
      fail(
        `matryoshka sizes must be ascending shares of the dictionary that end with 1.`,
      );
    }
  } else if (fractions !== null) {
    fail(`only matryoshka_batch_topk has nested dictionaries.`);
  }
  if (config.deadLatents === "pre_activation" && architecture !== "jumprelu") {
    fail(`the pre-activation loss is for jumprelu.`);
  }
  if (config.deadLatents === "resample" && hasK(architecture)) {
    fail(`resampling is for relu_l1, gated and jumprelu.`);
  }
  if (config.deadLatents === "aux_k" && !hasK(architecture)) {
    fail(`the auxiliary top-k loss is for the top-k family.`);
  }
}

function checkOptimiser(config: TrainingConfig): void {
  if (!(config.lr > 0) || !Number.isFinite(config.lr)) {
    fail(`the learning rate must be above 0, not ${config.lr}.`);
  }
  if (!(config.lrDecayFraction >= 0 && config.lrDecayFraction <= 1)) {
    fail(`the decay share must be between 0 and 1.`);
  }
  if (config.gradClip !== null && !(config.gradClip > 0)) {
    fail(`the gradient's norm can be clipped above 0, not ${config.gradClip}.`);
  }
  if (
    config.emaDecay !== null &&
    !(config.emaDecay > 0 && config.emaDecay < 1)
  ) {
    fail(`the weights' averaging must be between 0 and 1.`);
  }
}
