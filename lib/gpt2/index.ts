/**
 * GPT-2: its tokenizer, its weights, and its forward pass with the residual
 * stream's hook points, named as TransformerLens names them.
 */
export { parseGpt2Config, type Gpt2Config } from "./config";
export { Gpt2, type LoadOptions } from "./gpt2";
export type { Comparison, RowComparison } from "./row-comparison";
export { resolveModel, type ResolveOptions } from "./models";
export { FINAL_HOOK, parseHook, type Hook } from "./hooks";
export {
  BOS,
  decode,
  tokenBytes,
  tokenize,
  tokenTexts,
  VOCABULARY_SIZE,
  type TokenText,
} from "./tokenizer";
export { weightShapes } from "./weights";
