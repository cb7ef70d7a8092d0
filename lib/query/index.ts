/**
 * The language in which features are searched for and filtered: one for the
 * search page, the feature table and the API. Pure, for server and browser.
 */
export * from "./ast";
export * from "./edit";
export { FIELD_HELP, searchTable, type FieldHelp } from "./fields";
export { formatClause, formatQuery, quote } from "./format";
export {
  CLAUSES_MAX,
  parseQuery,
  QUERY_MAX,
  type ParsedQuery,
  type PlacedClause,
} from "./parse";
export type { Problem } from "./problem";
