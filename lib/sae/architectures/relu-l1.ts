import type { ArchitectureDefinition } from "./architecture";

/**
 * ReLU + L1, the seed's objective (Eq. 1–2): f = ReLU(z), and the loss adds
 * λ‖f‖₁, whose gradient is λ on every active latent. With `decoderNormL1` it
 * adds λ Σ f_i ‖W_dec[i]‖ instead (Anthropic, April 2024, Eq. 25), which a
 * decoder cannot cheat by growing, so it needs no unit norm.
 */
export const reluL1: ArchitectureDefinition = {
  selection: "above",
  latentParameters: [],
  pullsDecoder: (config) => config.decoderNormL1,

  backward(step) {
    const { entries, indices, values, dValues, decoderPull } = step;
    const lambda = step.sparsity / step.rows;
    let l1 = 0;
    if (!step.config.decoderNormL1) {
      for (let e = 0; e < entries; e++) {
        dValues[e]! += lambda;
        l1 += values[e]!;
      }
      return lambda * l1;
    }
    const norms = step.decoderNorms();
    for (let e = 0; e < entries; e++) {
      const i = indices[e]!;
      const norm = norms[i]!;
      dValues[e]! += lambda * norm;
      l1 += values[e]! * norm;
      if (norm > 0) decoderPull[i]! += (lambda * values[e]!) / norm;
    }
    return lambda * l1;
  },
};
