import type { Query, TextClause } from "#lib/query/index";
import { around, CONTEXT_AFTER, CONTEXT_BEFORE } from "./contexts";
import { scoresOf, setOf, type FeatureSet } from "./feature-set";
import type { SearchIndex } from "./find";
import { aboutSet, labelSet, type Concept, type LabelSet } from "./label-sets";
import type { MarkedPart } from "./mark";
import { likeSet, logitSet, tokenSet } from "./parts";
import {
  firesSet,
  nearSet,
  patternOf,
  type Expansion,
  type Pattern,
} from "./text-sets";

/** Why a feature was found, by the part of the query that found it. */
export type Hit =
  | { kind: "near"; contexts: number; example: Place }
  | { kind: "fires"; contexts: number; example: Place; runs: Run[] }
  | { kind: "token"; token: number; firings: number }
  | { kind: "promotes" | "suppresses"; token: number; effect: number }
  | {
      kind: "label";
      id: number;
      labels: number;
      mark: (text: string) => MarkedPart[];
    }
  | { kind: "like"; cosine: number }
  | { kind: "text" }
  | { kind: "feature" };

/** The strongest context that matches: tokens, and which is the peak. */
export interface Place {
  tokens: Uint16Array;
  peak: number;
}
export type Run = ArrayLike<number>;

/** A part of a query that finds features by itself. */
export interface Part {
  set: FeatureSet;
  /** How well features of the set, ascending, are found; undefined: all alike. */
  values?: (features: Uint32Array) => Float64Array;
  /** @param at the feature's place in the set */
  hit: (feature: number, at: number) => Hit;
}

/** What the index does not know of by itself. */
export interface Given {
  /** The runs of tokens that a text may be. */
  spell: (clause: TextClause) => Run[];
  /** What a text is about: words that mean something near. */
  related: (text: string) => readonly Concept[];
  /** Features that fire on the text of `text:`; the score ranks them. */
  ownText?: FeatureSet;
  /** Features whose labels who asks must not see. */
  hides?: (feature: number) => boolean;
}

export interface Parts {
  found: Part[];
  excluded: FeatureSet[];
  expansions: Expansion[];
  patterns: Pattern[];
}

/** The clauses are sound: `checkClause`. */
export function makeParts(
  index: SearchIndex,
  query: Query,
  given: Given,
): Parts {
  const parts: Parts = {
    found: [],
    excluded: [],
    expansions: [],
    patterns: [],
  };
  for (const clause of query.clauses) {
    if (isNear(clause) && !clause.negated) {
      const pattern = patternOf(index.terms, clause);
      parts.patterns.push(pattern);
      const { lastOf: words } = pattern;
      if (words) parts.expansions.push({ typed: clause.text, words });
      // All words in one context: one part, where the first stands.
      if (parts.patterns.length === 1) parts.found.push(PLACEHOLDER);
      continue;
    }
    const part = partOf(index, clause, given);
    if (part === undefined) continue;
    if (clause.negated) parts.excluded.push(part.set);
    else parts.found.push(part);
  }
  const at = parts.found.indexOf(PLACEHOLDER);
  if (at >= 0) parts.found[at] = nearPart(index, parts.patterns);
  return parts;
}

const PLACEHOLDER: Part = {
  set: setOf(new Map()),
  hit: () => ({ kind: "feature" }),
};

type AnyClause = Query["clauses"][number];

const isNear = (clause: AnyClause): clause is TextClause =>
  clause.field === "words" || clause.field === "near";

function partOf(
  index: SearchIndex,
  clause: AnyClause,
  given: Given,
): Part | undefined {
  const { db, columns, manifest } = index;
  switch (clause.field) {
    case "words":
    case "near":
      return nearPart(index, [patternOf(index.terms, clause)]);
    case "fires":
      return firesPart(index, given.spell(clause));
    case "token": {
      const set = tokenSet(db, singles(given.spell(clause)), columns.counts);
      return {
        set,
        values: (features) => scoresOf(set, features),
        hit: (_, at) => ({
          kind: "token",
          token: set.tokens[at]!,
          firings: set.counts[at]!,
        }),
      };
    }
    case "promotes":
    case "suppresses": {
      const kind = clause.field;
      const sign = kind === "promotes" ? 1 : -1;
      const tokens = singles(given.spell(clause));
      const set = logitSet(db, tokens, sign, columns.length);
      return {
        set,
        values: (features) => scoresOf(set, features),
        hit: (_, at) => ({
          kind,
          token: set.tokens[at]!,
          effect: set.effects[at]!,
        }),
      };
    }
    case "label":
      return labelPart(labelSet(db, manifest.saeHash, clause, given.hides));
    case "about": {
      const concepts = given.related(clause.text);
      return labelPart(aboutSet(db, manifest.saeHash, concepts, given.hides));
    }
    case "like":
      return likePart(index, clause.feature);
    case "feature":
      return {
        set: setOf(new Map(clause.features.map((feature) => [feature, 0]))),
        hit: () => ({ kind: "feature" }),
      };
    case "text": {
      const set = given.ownText;
      if (set === undefined) throw new RangeError("The text was not run.");
      return {
        set,
        values: (features) => scoresOf(set, features),
        hit: () => ({ kind: "text" }),
      };
    }
    case "density":
    case "max":
    case "mean":
    case "skew":
    case "has":
    case "is":
    case "state":
    case "source":
    case "on":
    case "sort":
      return undefined;
  }
}

const singles = (runs: Run[]) =>
  runs.filter((run) => run.length === 1).map((run) => run[0]!);

/** Of features in equally many contexts, those that seldom fire come first. */
function contextsFirst(
  { columns }: SearchIndex,
  set: FeatureSet,
): NonNullable<Part["values"]> {
  return (features) => {
    const values = scoresOf(set, features);
    for (let i = 0; i < values.length; i++) {
      values[i]! += 1 - columns.density(features[i]!);
    }
    return values;
  };
}

function contextOf(index: SearchIndex, feature: number, rank: number): Place {
  const [example] = index.examplesOf(feature, rank);
  const { tokens, peak } = example!;
  return around(tokens, peak, CONTEXT_BEFORE, CONTEXT_AFTER);
}

function nearPart(index: SearchIndex, patterns: readonly Pattern[]): Part {
  const set = index.sets.get(JSON.stringify(patterns), () =>
    nearSet(index.terms, patterns),
  );
  return {
    set,
    values: contextsFirst(index, set),
    hit: (feature, at) => ({
      kind: "near",
      contexts: set.scores[at]!,
      example: contextOf(index, feature, set.best![at]!),
    }),
  };
}

function firesPart(index: SearchIndex, runs: Run[]): Part {
  const name = JSON.stringify(runs.map((run) => Array.from(run)));
  const set = index.sets.get(name, () => firesSet(index.terms, runs));
  return {
    set,
    values: contextsFirst(index, set),
    hit: (feature, at) => ({
      kind: "fires",
      contexts: set.scores[at]!,
      example: contextOf(index, feature, set.best![at]!),
      runs,
    }),
  };
}

function labelPart(set: LabelSet): Part {
  return {
    set,
    values: (features) => scoresOf(set, features),
    hit: (feature) => {
      const { id, matches } = set.labels.get(feature)!;
      return { kind: "label", id, labels: matches, mark: set.mark };
    },
  };
}

function likePart({ db }: SearchIndex, feature: number): Part {
  const set = likeSet(db, feature);
  return {
    set,
    values: (features) => scoresOf(set, features),
    hit: (_, at) => ({ kind: "like", cosine: set.scores[at]! }),
  };
}
