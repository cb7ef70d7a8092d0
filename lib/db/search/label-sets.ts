import type { Database } from "better-sqlite3";
import { ftsQuery } from "#lib/db/fts-query";
import { setOf, type FeatureSet } from "./feature-set";
import { cutAt, markPhrase, type MarkedPart } from "./mark";
import { splitTerms, type Term } from "./terms";

/** More labels than this are not looked at. */
export const MAX_LABELS = 20_000;

export interface LabelSet extends FeatureSet {
  /** The label that matches best. */
  labels: Map<number, { id: number; matches: number }>;
  /** A label's text, with what matches marked. */
  mark: (text: string) => MarkedPart[];
}

/** Features whose labels count for nothing. */
type Hides = ((feature: number) => boolean) | undefined;

/**
 * Words and phrases, in small letters, that mean something near, and how
 * near, up to 1.
 */
export type Concept = ReadonlyMap<string, number>;

/** Features with a label of these words; the score is FTS5's BM25. */
export function labelSet(
  db: Database,
  saeHash: string,
  { text, quoted }: { text: string; quoted: boolean },
  hides: Hides,
): LabelSet {
  // FTS5's rank is smaller, and below 0, for a better match.
  return labelsFor(db, saeHash, ftsQuery(text, { quoted }), hides, {
    by: "s.rank",
    score: (rank: number) => -rank,
    mark: (label) => markPhrase(label, text, quoted),
  });
}

/**
 * Features with a label that means something near; the score is the mean
 * nearness of the concepts, all of which a label must meet, and of equals
 * the label with fewer other words comes first.
 */
export function aboutSet(
  db: Database,
  saeHash: string,
  concepts: readonly Concept[],
  hides: Hides,
): LabelSet {
  const indexed = concepts.map(byTerms);
  return labelsFor(db, saeHash, anyOfEach(concepts), hides, {
    by: "l.text",
    score: (text: string) => {
      const terms = splitTerms(text);
      const found = indexed.map((concept) => placesIn(terms, concept));
      const nearest = found.map((places) =>
        places.reduce((most, { weight }) => Math.max(most, weight), 0),
      );
      if (nearest.includes(0)) return undefined;
      const mean = nearest.reduce((a, b) => a + b, 0) / nearest.length;
      return mean - 1e-4 * Math.min(terms.length, 100);
    },
    mark: (label) => {
      const terms = splitTerms(label);
      const places = indexed.flatMap((concept) => placesIn(terms, concept));
      return cutAt(label, places);
    },
  });
}

/** What labels are scored by: only that is read of them. */
interface Scoring<T> {
  by: "s.rank" | "l.text";
  /** Undefined: it does not match after all. */
  score: (value: T) => number | undefined;
  mark: LabelSet["mark"];
}

function labelsFor<T extends string | number>(
  db: Database,
  saeHash: string,
  words: string | undefined,
  hides: Hides,
  { by, score, mark }: Scoring<T>,
): LabelSet {
  const labels: LabelSet["labels"] = new Map();
  const scores = new Map<number, number>();
  if (words === undefined) return { ...setOf(scores), labels, mark };
  const rows = db
    .prepare<[string, string], [number, number, T]>(
      `SELECT l.feature, l.id, ${by}
       FROM label_db.label_search AS s
       CROSS JOIN label_db.labels AS l ON l.id = s.rowid
       WHERE s.label_search MATCH ? AND l.sae_hash = ?
       LIMIT ${MAX_LABELS + 1}`,
    )
    .raw()
    .all(words, saeHash);
  for (const [feature, id, value] of rows.slice(0, MAX_LABELS)) {
    if (hides?.(feature)) continue;
    const points = score(value);
    if (points === undefined) continue;
    const known = labels.get(feature);
    if (known) known.matches++;
    else labels.set(feature, { id, matches: 1 });
    if (points <= (scores.get(feature) ?? -Infinity)) continue;
    scores.set(feature, points);
    labels.get(feature)!.id = id;
  }
  const capped = rows.length > MAX_LABELS;
  return { ...setOf(scores), labels, mark, capped };
}

/** FTS5: labels with one form of each concept at least. */
function anyOfEach(concepts: readonly Concept[]): string | undefined {
  const each = concepts.map((concept) =>
    [...concept.keys()].flatMap(
      (form) => ftsQuery(form, { quoted: true }) ?? [],
    ),
  );
  if (each.length === 0 || each.some((forms) => forms.length === 0)) {
    return undefined;
  }
  return each.map((forms) => `(${forms.join(" OR ")})`).join(" AND ");
}

/** A concept by its forms' terms. */
interface Indexed {
  weights: Map<string, number>;
  /** How many terms the longest form has that begins with a term. */
  longest: Map<string, number>;
}

function byTerms(concept: Concept): Indexed {
  const weights = new Map<string, number>();
  const longest = new Map<string, number>();
  for (const [form, weight] of concept) {
    const terms = splitTerms(form).map(({ term }) => term);
    const key = terms.join(" ");
    weights.set(key, Math.max(weight, weights.get(key) ?? 0));
    const [first = ""] = terms;
    longest.set(first, Math.max(terms.length, longest.get(first) ?? 0));
  }
  return { weights, longest };
}

/** Where a text has forms of a concept; of those that overlap, the longest. */
function placesIn(terms: readonly Term[], { weights, longest }: Indexed) {
  const places: { start: number; end: number; weight: number }[] = [];
  for (let first = 0; first < terms.length; first++) {
    const most = longest.get(terms[first]!.term) ?? 0;
    for (let n = Math.min(most, terms.length - first); n > 0; n--) {
      const run = terms.slice(first, first + n);
      const weight = weights.get(run.map(({ term }) => term).join(" "));
      if (weight === undefined) continue;
      places.push({ start: run[0]!.start, end: run.at(-1)!.end, weight });
      first += n - 1;
      break;
    }
  }
  return places;
}
