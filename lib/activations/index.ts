/**
 * Residual-stream activations of a text, as SAE training takes them, computed
 * or from a cache on disk: the one place where the language model, the packed
 * corpus and the SAE meet.
 */
export { ActivationCache } from "./activation-cache";
export { cachedSource } from "./cached-source";
export { fillCaches, type HookCache } from "./fill-caches";
export {
  residualSource,
  type ResidualModel,
  type ResidualText,
} from "./residual-source";
export { selectedSource } from "./selected-source";
