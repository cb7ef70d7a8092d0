import type { Clause, Query, TextField } from "./ast";
import { formatClause } from "./format";
import { parseQuery } from "./parse";

/**
 * The text with one part set: what `isPart` finds is taken out, and `parts`
 * stand in the first one's place, or at the end. The rest stays as it was
 * typed.
 */
export function withParts(
  text: string,
  isPart: (clause: Clause) => boolean,
  parts: readonly Clause[],
): string {
  const pieces: string[] = [];
  const wanted = parts.map(formatClause);
  let put = false;
  for (const { clause, start, end } of spans(text)) {
    if (clause === null || !isPart(clause)) {
      pieces.push(text.slice(start, end));
      continue;
    }
    if (!put) pieces.push(...wanted);
    put = true;
  }
  if (!put) pieces.push(...wanted);
  return pieces.join(" ");
}

/** The text without the part that stands at `start`. */
export function withoutPart(text: string, start: number): string {
  return spans(text)
    .filter((span) => span.start !== start)
    .map((span) => text.slice(span.start, span.end))
    .join(" ");
}

/** All parts in order, those that were not understood with no clause. */
function spans(
  text: string,
): { clause: Clause | null; start: number; end: number }[] {
  const { placed, problems } = parseQuery(text);
  const known = new Set(placed.map(({ start }) => start));
  const unread = problems
    .filter(({ start }) => !known.has(start))
    .map(({ start, end }) => ({ clause: null, start, end }));
  return [...placed, ...unread].sort((a, b) => a.start - b.start);
}

/** Whether there are bare words, which can be looked for in several places. */
export function hasWords(query: Query): boolean {
  return query.clauses.some(isWords);
}

const isWords = (clause: Clause) => clause.field === "words" && !clause.negated;

/** The query with its bare words looked for elsewhere. */
export function wordsAs(query: Query, field: TextField): Query {
  return {
    clauses: query.clauses.map((clause) =>
      clause.field === "words" ? { ...clause, field } : clause,
    ),
  };
}

/** The bare words as one text, as they were typed: "the king of". */
export function wordsText(query: Query): string {
  return query.clauses
    .flatMap((clause) =>
      clause.field === "words" && !clause.negated ? [clause.text] : [],
    )
    .join(" ");
}

/** The query with its bare words as one text of one's own. */
export function wordsAsText(query: Query): Query {
  const text = wordsText(query);
  return {
    clauses: [
      { field: "text", text, quoted: true, negated: false },
      ...query.clauses.filter((clause) => !isWords(clause)),
    ],
  };
}
