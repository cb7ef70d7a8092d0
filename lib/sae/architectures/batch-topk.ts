import type { ArchitectureDefinition } from "./architecture";

/**
 * BatchTopK (Bussmann et al. 2024, Eq. 26): the k·B largest positive
 * pre-activations of a whole batch of B tokens are active, so a token may have
 * more latents than another. Alone, a token is read with the threshold that
 * was learned on the way (Eq. 27).
 */
export const batchTopk: ArchitectureDefinition = {
  selection: "batch_topk",
  latentParameters: [],
};
