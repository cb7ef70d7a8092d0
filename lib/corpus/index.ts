/**
 * Text sources → documents → packed token sequences. Every token of a sequence
 * can be traced to its document and its place there.
 */
export type { PackedCorpus, SplitCorpus } from "./corpus";
export type { CorpusDocument, DocumentSource } from "./document";
export { loadCorpus, type CorpusOptions, type CorpusProgress } from "./load";
export { locate, type Place } from "./locate";
export { BOS, packDocuments, type Segment } from "./pack";
