import type { TextClause } from "#lib/query/index";
import { EXACT_MAX_TOKENS } from "./contexts";
import type { FeatureSet } from "./feature-set";
import { PhraseCursor, TogetherCursor, UnionCursor } from "./joined-cursors";
import { END, type Cursor } from "./posting-cursor";
import type { TermStore } from "./term-store";
import { splitTerms } from "./terms";

/** What a word of the query stood for, where not for itself alone. */
export interface Expansion {
  typed: string;
  words: string[];
}

/** What is looked for in a context: terms in a row, the last one of several. */
export interface Pattern {
  terms: string[];
  /** What the last term may be instead; undefined: itself alone. */
  lastOf?: string[];
}

/**
 * The patterns of words and phrases. "presid*" is any word that begins so,
 * and so is a word that is in no context at all: one may still be typing.
 */
export function patternOf(
  store: TermStore,
  { text, quoted, negated }: Omit<TextClause, "field">,
): Pattern {
  const starred = !quoted && text.length > 1 && text.endsWith("*");
  const split = splitTerms(starred ? text.slice(0, -1) : text);
  const terms = (quoted ? split : withoutEdges(split)).map(({ term }) => term);
  const last = terms.at(-1);
  if (last === undefined || quoted) return { terms };
  if (!starred && negated) return { terms };
  if (!starred && store.find(last) !== undefined) return { terms };
  const words = store.beginningWith(last).map(({ word }) => word);
  return { terms, lastOf: words };
}

/** "(whale)," → whale; signs that stand alone are meant. */
function withoutEdges<T extends { term: string }>(terms: T[]): T[] {
  const isWord = ({ term }: T) => /[\p{L}\p{N}]/u.test(term);
  const first = terms.findIndex(isWord);
  if (first < 0) return terms;
  return terms.slice(first, terms.findLastIndex(isWord) + 1);
}

/**
 * Features with all the patterns in one and the same context; the score is
 * in how many of their contexts.
 */
export function nearSet(
  store: TermStore,
  patterns: readonly Pattern[],
): FeatureSet {
  const parts = patterns.map((pattern) => patternCursor(store, pattern));
  return collect(parts.length === 1 ? parts[0]! : new TogetherCursor(parts));
}

function patternCursor(store: TermStore, pattern: Pattern): Cursor {
  const { terms, lastOf } = pattern;
  const cursors = terms.map((term, i): Cursor => {
    if (i < terms.length - 1 || lastOf === undefined) return of(store, term);
    const [only, ...more] = lastOf.map((word) => of(store, word));
    return only && more.length === 0
      ? only
      : new UnionCursor(only ? [only, ...more] : []);
  });
  if (cursors.length === 1) return cursors[0]!;
  return cursors.length === 0 ? new UnionCursor([]) : new PhraseCursor(cursors);
}

const NOTHING = new UnionCursor([]);

function of(store: TermStore, term: string): Cursor {
  const word = store.find(term);
  return word === undefined ? NOTHING : store.word(word.id);
}

/**
 * Features that fire most strongly on one of these runs of tokens: one of the
 * run is the peak of a context. The score is in how many contexts.
 *
 * @param runs each of 1 … EXACT_MAX_TOKENS tokens
 */
export function firesSet(
  store: TermStore,
  runs: readonly ArrayLike<number>[],
): FeatureSet {
  return collect(runsCursor(store, runs));
}

function runsCursor(
  store: TermStore,
  runs: readonly ArrayLike<number>[],
): Cursor {
  const parts: Cursor[] = [];
  for (const run of runs) {
    if (run.length > EXACT_MAX_TOKENS) continue;
    // The peak is on one of them; the others stand round it.
    for (let peak = 0; peak < run.length; peak++) {
      const tokens = Array.from(run, (token, i) =>
        store.token(token, i === peak),
      );
      parts.push(tokens.length === 1 ? tokens[0]! : new PhraseCursor(tokens));
    }
  }
  return parts.length === 1 ? parts[0]! : new UnionCursor(parts);
}

/** All that a cursor passes; the score is the number of contexts. */
function collect(cursor: Cursor): FeatureSet {
  let set = columns(256);
  let size = 0;
  for (; cursor.feature !== END; cursor.seek(cursor.feature + 1)) {
    if (size === set.features.length) {
      const longer = columns(size * 2);
      longer.features.set(set.features);
      longer.scores.set(set.scores);
      longer.best.set(set.best);
      set = longer;
    }
    set.features[size] = cursor.feature;
    set.scores[size] = cursor.contexts();
    set.best[size++] = cursor.best();
  }
  return {
    features: set.features.subarray(0, size),
    scores: set.scores.subarray(0, size),
    best: set.best.subarray(0, size),
  };
}

const columns = (length: number) => ({
  features: new Uint32Array(length),
  // A feature has fewer contexts than can be counted so.
  scores: new Uint16Array(length),
  best: new Uint16Array(length),
});
