/** What a search asks for: clauses, all of which must hold. */
export interface Query {
  clauses: Clause[];
}

/** Fields whose value is text. */
export const TEXT_FIELDS = [
  /** Bare words and phrases: as "near", where one place has to be meant. */
  "words",
  /** The text round the strongest firings. */
  "near",
  "fires",
  "token",
  "promotes",
  "suppresses",
  "label",
  /** Labels with words of like meaning. */
  "about",
  "source",
  /** A text of one's own, on which the SAE is run. */
  "text",
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

export const NUMBER_FIELDS = ["density", "max", "mean", "skew"] as const;
export type NumberField = (typeof NUMBER_FIELDS)[number];

/** What `is:` may say. Without one of them only live features are found. */
export const IS_VALUES = ["live", "dead", "dense", "any"] as const;
export type IsValue = (typeof IS_VALUES)[number];

/** How far the labelling of a feature has come. */
export const STATE_VALUES = [
  "unlabelled",
  "proposed",
  "accepted",
  "disputed",
  "uninterpretable",
] as const;
export type StateValue = (typeof STATE_VALUES)[number];

export const SORT_KEYS = [
  "relevance",
  "rarity",
  "density",
  "max",
  "mean",
  "skew",
  "index",
] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export type SortOrder = "asc" | "desc";

/** One of the two ends at least is there. */
export interface NumberRange {
  min: number | null;
  max: number | null;
  /** "<" or ">": the one end there is does not belong to the range. */
  open: boolean;
}

export interface TextClause {
  field: TextField;
  text: string;
  /** In quotes: exactly so. Else words, in any spelling. */
  quoted: boolean;
  /** Written with "-" before it: features for which it does not hold. */
  negated: boolean;
}

export type Clause =
  | TextClause
  | { field: NumberField; range: NumberRange; negated: boolean }
  | { field: "has"; value: "label"; negated: boolean }
  | { field: "is"; value: IsValue; negated: boolean }
  | { field: "state"; value: StateValue; negated: boolean }
  | { field: "like"; feature: number; negated: boolean }
  | { field: "feature"; features: number[]; negated: boolean }
  /** Numbers (from 1) of the tokens of one's own text that count. */
  | { field: "on"; tokens: number[]; negated: false }
  | { field: "sort"; key: SortKey; order: SortOrder; negated: false };

export type Field = Clause["field"];

type ClauseOf<F extends Field> = F extends TextField
  ? TextClause
  : Extract<Clause, { field: F }>;

/** The first clause of a field. */
export function clauseOf<F extends Field>(
  query: Query,
  field: F,
): ClauseOf<F> | undefined {
  const found = query.clauses.find((clause) => clause.field === field);
  return found as ClauseOf<F> | undefined;
}

export function isTextClause(clause: Clause): clause is TextClause {
  return (TEXT_FIELDS as readonly string[]).includes(clause.field);
}

/** Numbers run up from the smallest, everything else down from the largest. */
export function naturalOrder(key: SortKey): SortOrder {
  return key === "index" ? "asc" : "desc";
}
