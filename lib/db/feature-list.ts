import type { Database } from "better-sqlite3";
import type { FeatureState } from "#lib/label-rules";
import { uint16From } from "./blobs";
import { decodeCursor, encodeCursor } from "./cursor";
import { countAtLeast, countAtMost } from "./density";
import { ftsQuery } from "./fts-query";
import { DENSE_ABOVE } from "./index-schema";
import { labelFilterSql, type LabelFilter } from "./label-filter";

export interface FeatureListQuery {
  sort: "index" | "density" | "meanActivation" | "maxActivation";
  order: "asc" | "desc";
  label: LabelFilter;
  state: "live" | "dead" | "dense" | "all";
  minDensity?: number | undefined;
  maxDensity?: number | undefined;
  /** Of the mean activation where it fires. */
  minMean?: number | undefined;
  maxMean?: number | undefined;
  /** Words of a label. */
  q?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** A feature as lists show it. */
export interface FeatureListRow {
  index: number;
  firingCount: number;
  density: number;
  meanActivation: number;
  maxActivation: number;
  /** Text of the accepted label, else of the best one. */
  label: string | null;
  labelState: FeatureState;
  labelCount: number;
  /** Ids of the tokens it fires on most. */
  topTokens: Uint16Array;
}

export interface FeatureList {
  features: FeatureListRow[];
  nextCursor: string | null;
  /** Matches, counted up to COUNT_LIMIT. */
  total: number;
  totalCapped: boolean;
}

const COUNT_LIMIT = 10_000;

const SORT_COLUMNS = {
  index: "feature",
  density: "firing_count",
  meanActivation: "mean_activation",
  maxActivation: "max_activation",
} as const;

/** The columns of a FeatureListRow; `:saeHash` says whose labels. */
export const LIST_COLUMNS = `
  feature, firing_count, mean_activation, max_activation, top_tokens,
  (SELECT text FROM label_db.labels WHERE id = (
     SELECT shown_label FROM label_db.feature_states AS f
     WHERE f.sae_hash = :saeHash AND f.feature = features.feature)) AS label,
  (SELECT state FROM label_db.feature_states AS f
   WHERE f.sae_hash = :saeHash AND f.feature = features.feature) AS label_state,
  (SELECT label_count FROM label_db.feature_states AS f
   WHERE f.sae_hash = :saeHash AND f.feature = features.feature) AS label_count`;

export interface ListColumns {
  feature: number;
  firing_count: number;
  mean_activation: number;
  max_activation: number;
  top_tokens: Buffer;
  label: string | null;
  label_state: FeatureState | null;
  label_count: number | null;
}

export function listRow(row: ListColumns, tokens: number): FeatureListRow {
  return {
    index: row.feature,
    firingCount: row.firing_count,
    density: row.firing_count / tokens,
    meanActivation: row.mean_activation,
    maxActivation: row.max_activation,
    label: row.label,
    labelState: row.label_state ?? "unlabelled",
    labelCount: row.label_count ?? 0,
    topTokens: uint16From(row.top_tokens),
  };
}

/**
 * One page of the feature table. `cursor` continues after the row it was made
 * at; it stays valid when labels change in between.
 *
 * @throws AppError "bad_request" for a cursor of another list.
 */
export function listFeatures(
  db: Database,
  sae: { saeHash: string; tokens: number },
  query: FeatureListQuery,
): FeatureList {
  const { from, filters, values, order, column } = featureListSql(sae, query);
  const where = filters.length === 0 ? "" : `WHERE ${filters.join(" AND ")}`;
  const total = db
    .prepare<[Values], number>(
      `SELECT count(*) FROM (SELECT 1 ${from} ${where} LIMIT ${COUNT_LIMIT + 1})`,
    )
    .pluck()
    .get(values)!;
  const page = featurePageSql({ from, filters, values, order, column }, query);
  const rows = db.prepare<[Values], ListColumns>(page.sql).all(page.values);
  const more = rows.length > query.limit;
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    features: shown.map((row) => listRow(row, sae.tokens)),
    nextCursor:
      more && last
        ? encodeCursor(`${column} ${order}`, {
            value: last[column],
            feature: last.feature,
          })
        : null,
    total: Math.min(total, COUNT_LIMIT),
    totalCapped: total > COUNT_LIMIT,
  };
}

type Values = Record<string, string | number>;

interface ListSql {
  from: string;
  filters: string[];
  values: Values;
  order: "asc" | "desc";
  column: (typeof SORT_COLUMNS)[FeatureListQuery["sort"]];
}

/** The conditions of a query, each of which an index serves. */
export function featureListSql(
  sae: { saeHash: string; tokens: number },
  query: FeatureListQuery,
): ListSql {
  const { state, label, minDensity, maxDensity, minMean, maxMean, q } = query;
  // Dead features are equal in everything but their number.
  const dead = state === "dead" && query.sort !== "index";
  const column = dead ? "feature" : SORT_COLUMNS[query.sort];
  const order = dead ? "asc" : query.order;
  const filters: string[] = [];
  const values: Values = { saeHash: sae.saeHash };
  if (state === "dead") filters.push("firing_count = 0");
  if (state === "dense" && column === "firing_count") {
    // A range of the order itself, where the flag would need a sort.
    filters.push("firing_count > :sparse");
    values["sparse"] = countAtMost(DENSE_ABOVE, sae.tokens);
  } else if (state === "dense") filters.push("dense = 1");
  if (state === "live") {
    const positive = column === "feature" ? "firing_count" : column;
    filters.push(`${positive} > 0`);
  }
  if (minDensity !== undefined) {
    filters.push("firing_count >= :least");
    values["least"] = countAtLeast(minDensity, sae.tokens);
  }
  if (maxDensity !== undefined) {
    filters.push("firing_count <= :most");
    values["most"] = countAtMost(maxDensity, sae.tokens);
  }
  if (minMean !== undefined) {
    filters.push("mean_activation >= :weakest");
    values["weakest"] = minMean;
  }
  if (maxMean !== undefined) {
    filters.push("mean_activation <= :strongest");
    values["strongest"] = maxMean;
  }
  const labelled = labelFilterSql(label);
  if (labelled !== undefined) filters.push(labelled);
  if (q !== undefined && q !== "") {
    filters.push(`feature IN (
      SELECT l.feature FROM label_db.label_search AS s
      JOIN label_db.labels AS l ON l.id = s.rowid
      WHERE s.label_search MATCH :words AND l.sae_hash = :saeHash)`);
    // No words in it: nothing matches.
    values["words"] = ftsQuery(q, { prefix: true }) ?? '""';
  }
  return { from: "FROM features", filters, values, order, column };
}

/** The statement for one page: `limit` rows and one more. */
export function featurePageSql(
  list: ListSql,
  query: Pick<FeatureListQuery, "cursor" | "limit">,
): { sql: string; values: Values } {
  const { from, column, order } = list;
  const filters = [...list.filters];
  const values: Values = { ...list.values, rows: query.limit + 1 };
  if (query.cursor !== undefined) {
    const after = decodeCursor(`${column} ${order}`, query.cursor);
    const beyond = order === "asc" ? ">" : "<";
    if (column === "feature") filters.push(`feature ${beyond} :afterFeature`);
    else {
      filters.push(
        `(${column}, feature) ${beyond} (:afterValue, :afterFeature)`,
      );
      values["afterValue"] = after.value;
    }
    values["afterFeature"] = after.feature;
  }
  const where = filters.length === 0 ? "" : `WHERE ${filters.join(" AND ")}`;
  const keys = [...new Set([column, "feature"])];
  const by = keys.map((key) => `${key} ${order}`).join(", ");
  return {
    sql: `SELECT ${LIST_COLUMNS} ${from} ${where} ORDER BY ${by} LIMIT :rows`,
    values,
  };
}
