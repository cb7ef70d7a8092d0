import type { Database } from "better-sqlite3";
import {
  LIST_COLUMNS,
  listRow,
  type FeatureListRow,
  type ListColumns,
} from "./feature-list";
import { ftsQuery } from "./fts-query";
import { CONTEXTS_PER_FEATURE, TOP_GROUP } from "./index-schema";

export interface SnippetPart {
  text: string;
  hit: boolean;
}

export interface SearchRow {
  feature: FeatureListRow;
  /** Matching contexts or labels; for tokens, firings on them. */
  matches: number;
  snippet: SnippetPart[];
}

export interface SearchRows {
  rows: SearchRow[];
  /** More match than were returned. */
  truncated: boolean;
}

interface SaeKey {
  saeHash: string;
  tokens: number;
}

/**
 * A word that stands in nearly every context says little about a feature;
 * this many matching contexts (in order of feature numbers) are looked at.
 */
const MAX_CONTEXTS = 100_000;

/** Mark hits in snippets; `ContextText` keeps them out of the text. */
const OPEN = "\u0001";
const CLOSE = "\u0002";

type Found = ListColumns & { matches: number; snippet: string };

/**
 * Features that fire in text with these words (`ftsQuery`): those with most
 * matching contexts first, then those that fire most strongly in one.
 */
export function searchContexts(
  db: Database,
  sae: SaeKey,
  typed: string,
  limit: number,
): SearchRows {
  const words = ftsQuery(typed);
  if (words === undefined) return NOTHING;
  // Ranks count from the strongest context, so the smallest is the best.
  const rows = db
    .prepare<[Record<string, unknown>], Found>(
      `WITH matching AS MATERIALIZED (
         SELECT rowid AS at FROM contexts WHERE contexts MATCH :words
         ORDER BY rowid LIMIT ${MAX_CONTEXTS}
       ), found AS MATERIALIZED (
         SELECT at / ${CONTEXTS_PER_FEATURE} AS feature, count(*) AS matches,
           min(at % ${CONTEXTS_PER_FEATURE}) AS best
         FROM matching GROUP BY 1
       ), ranked AS MATERIALIZED (
         SELECT found.*, peak_value FROM found CROSS JOIN examples
         WHERE examples.feature = found.feature AND grp = ${TOP_GROUP}
           AND rank = best
         ORDER BY matches DESC, peak_value DESC, found.feature
         LIMIT :rows
       )
       SELECT matches, ${LIST_COLUMNS},
         (SELECT highlight(contexts, 0, '${OPEN}', '${CLOSE}') FROM contexts
          WHERE contexts MATCH :words
            AND rowid = feature * ${CONTEXTS_PER_FEATURE} + best) AS snippet
       FROM ranked CROSS JOIN features USING (feature)
       ORDER BY matches DESC, peak_value DESC, feature`,
    )
    .all({ saeHash: sae.saeHash, words, rows: limit + 1 });
  return page(rows, sae, limit);
}

/** Features with these words in a label, the best match first. */
export function searchLabels(
  db: Database,
  sae: SaeKey,
  typed: string,
  limit: number,
): SearchRows {
  const words = ftsQuery(typed, { prefix: true });
  if (words === undefined) return NOTHING;
  const rows = db
    .prepare<[Record<string, unknown>], Found>(
      `WITH hits AS MATERIALIZED (
         SELECT l.feature, s.rank AS score,
           highlight(label_search, 0, '${OPEN}', '${CLOSE}') AS snippet
         FROM label_db.label_search AS s
         CROSS JOIN label_db.labels AS l ON l.id = s.rowid
         WHERE s.label_search MATCH :words AND l.sae_hash = :saeHash
       ), ranked AS MATERIALIZED (
         -- With min(), snippet is of the row that has the smallest score.
         SELECT feature, count(*) AS matches, min(score) AS best, snippet
         FROM hits GROUP BY feature ORDER BY best, feature LIMIT :rows
       )
       SELECT matches, snippet, ${LIST_COLUMNS}
       FROM ranked CROSS JOIN features USING (feature)
       ORDER BY best, feature`,
    )
    .all({ saeHash: sae.saeHash, words, rows: limit + 1 });
  return page(rows, sae, limit);
}

/**
 * Features that fire on these tokens, often and seldom elsewhere first
 * (feature_tokens.score). Without snippets: the caller knows the tokens.
 */
export function searchTokens(
  db: Database,
  sae: SaeKey,
  tokenIds: readonly number[],
  limit: number,
): SearchRows {
  const rows = db
    .prepare<[Record<string, unknown>], Found>(
      `WITH hits AS MATERIALIZED (
         ${tokenIds.map((_, i) => `SELECT * FROM (${bestOnToken(i)})`).join(" UNION ALL ")}
       ), ranked AS MATERIALIZED (
         SELECT feature, sum(count) AS matches, sum(score) AS total
         FROM hits GROUP BY feature ORDER BY total DESC, feature LIMIT :rows
       )
       SELECT matches, '' AS snippet, ${LIST_COLUMNS}
       FROM ranked CROSS JOIN features USING (feature)
       ORDER BY total DESC, feature`,
    )
    .all({
      saeHash: sae.saeHash,
      rows: limit + 1,
      ...Object.fromEntries(tokenIds.map((id, i) => [`token${i}`, id])),
    });
  return page(rows, sae, limit);
}

const bestOnToken = (i: number) =>
  `SELECT feature, count, score FROM feature_tokens
   WHERE token_id = :token${i} ORDER BY score DESC LIMIT :rows`;

const NOTHING: SearchRows = { rows: [], truncated: false };

function page(rows: Found[], sae: SaeKey, limit: number): SearchRows {
  return {
    rows: rows.slice(0, limit).map((row) => ({
      feature: listRow(row, sae.tokens),
      matches: row.matches,
      snippet: snippetParts(row.snippet),
    })),
    truncated: rows.length > limit,
  };
}

/** "the ⟨big⟩ whale" → [the, big (hit), whale] */
function snippetParts(marked: string): SnippetPart[] {
  const parts: SnippetPart[] = [];
  marked.split(OPEN).forEach((piece, i) => {
    const [first = "", rest] = piece.split(CLOSE);
    if (first !== "") parts.push({ text: first, hit: i > 0 });
    if (rest) parts.push({ text: rest, hit: false });
  });
  return parts;
}
