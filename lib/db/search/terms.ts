/** A word or a sign of a text, and where it stands. */
export interface Term {
  /** In small letters, without accents. */
  term: string;
  /** In UTF-16 units; end exclusive. */
  start: number;
  end: number;
}

/** Scripts that put no spaces between words: every character is a term. */
const UNSPACED = String.raw`[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]`;
// As a string: the compiler's target does not know the flag yet.
const TERM = new RegExp(
  String.raw`${UNSPACED}|[[\p{L}\p{N}\p{M}]--${UNSPACED}]+|\S`,
  "gv",
);

/**
 * What a text is searched by: its words, and every other sign that is not
 * white space as a term of its own, so that "don't" is three terms.
 */
export function splitTerms(text: string): Term[] {
  const terms: Term[] = [];
  // Most text is plain, and quick to split.
  const plain = ASCII.test(text);
  const source = plain ? text.toLowerCase() : text;
  for (const match of source.matchAll(plain ? ASCII_TERM : TERM)) {
    const [written] = match;
    const term = plain ? written : fold(written);
    if (term === "") continue;
    terms.push({ term, start: match.index, end: match.index + written.length });
  }
  return terms;
}

// eslint-disable-next-line no-control-regex
const ASCII = /^[\u0000-\u007f]*$/;
const ASCII_TERM = /[a-z0-9]+|\S/g;

function fold(written: string): string {
  const lower = written.toLowerCase();
  if (ASCII.test(lower)) return lower;
  const bare = lower.normalize("NFD").replace(/\p{M}/gu, "");
  // A mark that stands alone is a sign like any other.
  return bare === "" ? lower : bare.normalize("NFC");
}
