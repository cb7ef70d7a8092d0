import type { Database } from "better-sqlite3";
import { decodeCursor, encodeCursor } from "#lib/db/cursor";
import { FeatureStates } from "#lib/db/feature-states";
import type { IndexManifest } from "#lib/db/records";
import {
  clauseOf,
  formatQuery,
  type Query,
  type SortKey,
} from "#lib/query/index";
import { Columns, keep } from "./columns";
import { conditionsOf, onlyLive } from "./conditions";
import { topExamples } from "./contexts";
import { intersect, placeIn } from "./feature-set";
import {
  makeParts,
  type Given,
  type Hit,
  type Part,
  type Parts,
} from "./make-parts";
import { SetCache } from "./set-cache";
import { TermStore } from "./term-store";
import type { Expansion, Pattern } from "./text-sets";
import { firstBy } from "./top-rows";

/** What searches of one index work on; opened with it. */
export class SearchIndex {
  readonly columns: Columns;
  readonly terms: TermStore;
  readonly sets = new SetCache();
  /** Room for one search at a time. */
  readonly scratch: {
    all: Uint32Array;
    live: Uint32Array;
    kept: Uint32Array;
    values: Float64Array;
  };
  readonly examplesOf: ReturnType<typeof topExamples>;
  private known: FeatureStates;

  constructor(
    readonly db: Database,
    readonly manifest: IndexManifest,
  ) {
    this.columns = new Columns(db, manifest.tokens);
    const { length } = this.columns;
    const all = Uint32Array.from({ length }, (_, i) => i);
    this.scratch = {
      all,
      live: keep(new Uint32Array(length), all, this.columns.is("live"), true),
      kept: new Uint32Array(length),
      values: new Float64Array(length),
    };
    this.terms = new TermStore(db);
    this.known = new FeatureStates(db, manifest.saeHash, manifest.dSae);
    this.examplesOf = topExamples(db);
  }

  /** How far the labelling of each feature has come by now. */
  get states(): FeatureStates {
    return (this.known = this.known.current());
  }
}

export interface FindPage {
  cursor?: string | undefined;
  limit: number;
}

/** A feature that was found, and why. */
export interface FoundFeature {
  feature: number;
  /** One a part of the query that finds features by themselves. */
  hits: Hit[];
}

export interface Found {
  features: FoundFeature[];
  nextCursor: string | null;
  /** All that match. */
  total: number;
  /** More may match: not all labels were looked at. */
  capped: boolean;
  sort: { key: SortKey; order: "asc" | "desc" };
  /** What words stood for. */
  expansions: Expansion[];
  /** What was looked for in contexts. */
  patterns: Pattern[];
}

/**
 * The features a query finds, a page at a time. Without `is:` and `#` only
 * live ones; without `sort:` by relevance, if a part of the query ranks, and
 * otherwise by density.
 *
 * @throws AppError "bad_request" for a cursor of another search; "invalid"
 *   for a query that cannot be answered (details.problems).
 */
export function find(
  index: SearchIndex,
  query: Query,
  given: Given,
  { cursor, limit }: FindPage,
): Found {
  const parts = makeParts(index, query, given);
  const features = filter(index, query, parts);
  const [ranking] = parts.found.filter(({ values }) => values !== undefined);
  const sort = sortOf(query, ranking !== undefined);
  const name = `${sort.key} ${sort.order} ${fingerprint(query)}`;
  const rows = firstBy(
    features,
    orderBy(index, features, sort, ranking),
    sort.order,
    limit + 1,
    cursor === undefined ? undefined : decodeCursor(name, cursor),
  );
  const shown = rows.slice(0, limit);
  return {
    features: shown.map(({ feature }) => ({
      feature,
      hits: parts.found.map(({ set, hit }) =>
        hit(feature, placeIn(set, feature)),
      ),
    })),
    nextCursor: rows.length > limit ? encodeCursor(name, shown.at(-1)!) : null,
    total: features.length,
    capped: parts.found.some(({ set }) => set.capped === true),
    sort,
    expansions: parts.expansions,
    patterns: parts.patterns,
  };
}

/** All features a query finds, as a column: 1 for those, [dSae]. */
export function matching(
  index: SearchIndex,
  query: Query,
  given: Given,
): Uint8Array {
  const column = new Uint8Array(index.columns.length);
  const features = filter(index, query, makeParts(index, query, given));
  for (const feature of features) column[feature] = 1;
  return column;
}

/** Features in all the sets and in none of `excluded` that pass. */
function filter(
  index: SearchIndex,
  query: Query,
  { found, excluded }: Parts,
): Uint32Array {
  const { columns } = index;
  const { all, live, kept } = index.scratch;
  const conditions = conditionsOf(index, query);
  let features = onlyLive(query) ? live : all;
  if (found.length > 0) {
    features = intersect(found.map(({ set }) => set));
    if (onlyLive(query)) conditions.unshift([columns.is("live"), true]);
  }
  if (excluded.length > 0) {
    const column = new Uint8Array(columns.length);
    for (const { features: out } of excluded) {
      for (let i = 0; i < out.length; i++) column[out[i]!] = 1;
    }
    features = keep(kept, features, { column, min: 1, max: 1 }, false);
  }
  for (const [condition, wanted] of conditions) {
    features = keep(kept, features, condition, wanted);
  }
  return features;
}

function sortOf(query: Query, ranks: boolean): Found["sort"] {
  const asked = clauseOf(query, "sort");
  if (asked === undefined || (asked.key === "relevance" && !ranks)) {
    return { key: ranks ? "relevance" : "density", order: "desc" };
  }
  return { key: asked.key, order: asked.order };
}

/** What features, ascending, are ordered by; those without it come last. */
function orderBy(
  { columns, scratch }: SearchIndex,
  features: Uint32Array,
  { key, order }: Found["sort"],
  ranking: Part | undefined,
): Float64Array {
  const scores = () =>
    ranking?.values?.(features) ?? new Float64Array(features.length).fill(1);
  switch (key) {
    case "index":
      return Float64Array.from(features);
    case "relevance":
      return scores();
    case "rarity":
      return rarer(columns, features, scores());
    case "density":
    case "max":
    case "mean":
    case "skew": {
      const column = columns.of(key);
      const last = (order === "asc" ? 1 : -1) * Number.MAX_VALUE;
      const values = scratch.values.subarray(0, features.length);
      for (let i = 0; i < features.length; i++) {
        const value = column[features[i]!]!;
        values[i] = Number.isNaN(value) ? last : value;
      }
      return values;
    }
  }
}

/** Each score times the information in its feature's firing, in nats. */
function rarer(
  columns: Columns,
  features: Uint32Array,
  scores: Float64Array,
): Float64Array {
  for (let i = 0; i < scores.length; i++) {
    const density = columns.density(features[i]!);
    scores[i]! *= density === 0 ? 0 : -Math.log(density);
  }
  return scores;
}

/** So that a cursor is not taken to another search. */
function fingerprint(query: Query): string {
  let hash = 0x811c9dc5;
  for (const char of formatQuery(query)) {
    hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0;
  }
  return hash.toString(36);
}
