import type { ArchitectureDefinition } from "./architecture";

/**
 * TopK (Gao et al. 2024, Eq. 3 in docs/method.md): f = ReLU(TopK(z)). Exactly
 * k latents are selected per token; one whose pre-activation is negative is
 * selected and silent. Ties go to the engine's first; there is no threshold
 * that could let more than k through.
 */
export const topk: ArchitectureDefinition = {
  selection: "topk",
  latentParameters: [],
};
