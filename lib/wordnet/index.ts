/**
 * WordNet: which words mean something near to a word. For searching labels by
 * meaning; the glosses are also a part of the default corpus.
 */
export { relatedWords, type Concept } from "./related";
export { parseSynset, type PartOfSpeech, type Synset } from "./synset";
export { WordNet } from "./word-net";
