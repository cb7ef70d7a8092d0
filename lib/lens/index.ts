/**
 * The text lens: what an SAE sees in a text, what it misses, and what its
 * features contribute to the next token. Runs in a process of its own
 * (`LensProcess`), so that a server goes on answering meanwhile.
 */
export { ablate, MOVED, type Ablation, type MovedTokens } from "./ablate";
export { attribute, type Attribution } from "./attribute";
export { Lenses, type Lens, type LensKey } from "./engine";
export type { FeatureColumns } from "./feature-columns";
export { LensProcess } from "./lens-process";
export { textLosses, TOP_PREDICTIONS, type TextLosses } from "./losses";
export { readText, type TextReading } from "./read-text";
export { MAX_TOKENS } from "./tokens";
export type { Window } from "./windows";
