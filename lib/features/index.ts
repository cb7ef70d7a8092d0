/**
 * The index builder: one streaming pass of a corpus through a model and an
 * SAE that finds what makes every feature fire, and what every feature does.
 * Each accumulator is a file of its own; `indexFeatures` runs them.
 */
export { indexFeatures, KEEP } from "./index-features";
export type {
  FeatureIndexWriter,
  IndexFeaturesOptions,
  IndexProgress,
  IndexSummary,
  KeepOptions,
} from "./index-features";
export {
  isMutual,
  matchDictionaries,
  type DictionaryMatch,
} from "./match/match-dictionaries";
export { pairCosines, summariseSide } from "./match/match-summary";
export { buildManifest, parseTrainingCurve, sameIndex } from "./manifest";
export type { ManifestSources } from "./manifest";
export { describeQuiz, excerptAt, QuizPool } from "./quiz/index";
export { countTokens, selectSequences } from "./select-sequences";
export { TextPlaces } from "./text-places";
export type { Unembedding } from "./logit-effects";
export { verifyIndex } from "./verify-index";
export type { IndexReport } from "./verify-index";
