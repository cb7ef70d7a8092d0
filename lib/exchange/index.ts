/**
 * Labels in and out: as JSON lines, as CSV, and as Neuronpedia's explanations
 * (docs/data-formats.md). What a person may export or import is said by
 * lib/policy; the rules of what is imported are in `applyRow`.
 */
export { checkImport } from "./check-import";
export {
  importFile,
  type ImportOptions,
  type KnownSae,
  type Rejection,
} from "./import";
export type { NeuronpediaSource } from "./neuronpedia";
export type { WrittenRow } from "./row";
export { exportText, type ExportOptions } from "./write-file";
