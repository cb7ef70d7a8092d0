import { splitTerms, type Term } from "./terms";
import type { Pattern } from "./text-sets";

/** A piece of a text; those that were looked for are hits. */
export interface MarkedPart {
  text: string;
  hit: boolean;
}

interface Range {
  start: number;
  end: number;
}

/** Where the patterns are in a text, as ranges that do not touch. */
export function markPatterns(
  text: string,
  patterns: readonly Pattern[],
): MarkedPart[] {
  const terms = splitTerms(text);
  const ranges = patterns.flatMap((pattern) => placesOf(terms, pattern));
  return cutAt(text, ranges);
}

/** Words of a label, as `label:` finds them. */
export function markPhrase(
  text: string,
  typed: string,
  quoted: boolean,
): MarkedPart[] {
  const terms = splitTerms(text);
  const words = splitTerms(typed)
    .map(({ term }) => term)
    .filter((term) => /[\p{L}\p{N}]/u.test(term));
  if (quoted) return cutAt(text, placesOf(terms, { terms: words }));
  const hits = terms.filter(({ term }) =>
    words.some((word) => term.startsWith(word)),
  );
  return cutAt(text, hits);
}

function placesOf(terms: readonly Term[], pattern: Pattern): Range[] {
  const { terms: wanted, lastOf } = pattern;
  const ranges: Range[] = [];
  for (let i = 0; i + wanted.length <= terms.length; i++) {
    const here = wanted.every((term, w) => {
      const { term: found } = terms[i + w]!;
      const isLast = w === wanted.length - 1;
      return isLast && lastOf ? lastOf.includes(found) : found === term;
    });
    if (!here || wanted.length === 0) continue;
    const last = terms[i + wanted.length - 1]!;
    ranges.push({ start: terms[i]!.start, end: last.end });
  }
  return ranges;
}

/** A text cut at the ranges, which may overlap. */
export function cutAt(text: string, ranges: readonly Range[]): MarkedPart[] {
  const parts: MarkedPart[] = [];
  let at = 0;
  const push = (end: number, hit: boolean) => {
    if (end <= at) return;
    parts.push({ text: text.slice(at, end), hit });
    at = end;
  };
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    push(start, false);
    push(end, true);
  }
  push(text.length, false);
  return parts;
}
