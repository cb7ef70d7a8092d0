/**
 * All SQL of the project. Two kinds of databases: an index per SAE, written
 * once and then only read, and the labels, which people write.
 */
export {
  closeConnections,
  indexReader,
  labelDatabase,
  matchReader,
} from "./connections";
export type { DensityHistogram } from "./density";
export type { FeatureDetailRow, FeatureExample } from "./feature-detail";
export type {
  FeatureList,
  FeatureListQuery,
  FeatureListRow,
} from "./feature-list";
export type { FoundFiring } from "./firings-between";
export { openIndexDatabase, type IndexDatabase } from "./index-database";
export { IndexReader, type UsagePoints } from "./index-reader";
export { DENSE_ABOVE, INDEX_SCHEMA_VERSION } from "./index-schema";
export type { SearchRow, SearchRows, SnippetPart } from "./index-search";
export { IndexWriter, type IndexWriterOptions } from "./index-writer";
export type { KnownFirings } from "./known-firings";
export { openLabelDatabase, type LabelDatabase } from "./label-database";
export {
  changeLabel,
  countLabelledFeatures,
  findLabel,
  insertLabel,
  labelledFeatures,
  labelRevisionsOf,
  labelsOfFeature,
  recentLabels,
  type LabelChange,
  type LabelRevisionRow,
  type LabelRow,
} from "./label-store";
export { matchFileName, openMatchDatabase, writeMatch } from "./match-database";
export {
  MatchReader,
  type MatchList,
  type MatchListQuery,
  type MatchRow,
} from "./match-reader";
export type * from "./match-records";
export { migrateLabels } from "./migrate-labels";
export {
  addPlaceholder,
  findPerson,
  localPerson,
  type PersonRow,
} from "./people-store";
export type { FeaturePoints } from "./points";
export type * from "./records";
