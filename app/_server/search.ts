import type {
  SearchPage,
  SearchQuery,
  SearchResult,
} from "#lib/contract/index";
import type { IndexReader, SearchRows } from "#lib/db/index";
import { tokenize } from "#lib/gpt2/index";
import { readerOf } from "./databases";
import { featureRow } from "./features";

/**
 * Searches labels, the text around the strongest firings, or the tokens
 * features fire on.
 */
export function search(saeId: string, query: SearchQuery): SearchPage {
  const { q, kind, limit } = query;
  const { rows, truncated } = find(readerOf(saeId), query);
  const results = rows.map(({ feature, matches, snippet }): SearchResult => {
    const row = featureRow(feature);
    return { feature: row, matches, snippet };
  });
  return { kind, q, results: results.slice(0, limit), truncated };
}

function find(
  reader: IndexReader,
  { q, kind, limit }: SearchQuery,
): SearchRows {
  switch (kind) {
    case "label":
      return reader.searchLabels(q, limit);
    case "text":
      return reader.searchText(q, limit);
    case "token": {
      const ids = tokensSpelled(q);
      if (ids.length === 0) return { rows: [], truncated: false };
      return reader.searchTokens(ids, limit);
    }
  }
}

/**
 * Single tokens that spell `word`: with and without a space before it, as
 * typed, in small letters, with a capital, in capitals.
 */
function tokensSpelled(word: string): number[] {
  const lower = word.toLowerCase();
  const capital = lower.charAt(0).toUpperCase() + lower.slice(1);
  const spellings = [word, lower, capital, word.toUpperCase()];
  const ids = new Set<number>();
  for (const spelling of spellings) {
    for (const text of [spelling, ` ${spelling}`]) {
      const [id, ...more] = tokenize(text);
      if (id !== undefined && more.length === 0) ids.add(id);
    }
  }
  return [...ids];
}
