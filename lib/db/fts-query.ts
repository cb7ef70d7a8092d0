/**
 * What a person typed → an FTS5 query that cannot be malformed: words stand
 * in quotes, so no operator, bracket or column name is left.
 *
 * @param quoted the whole is one phrase; else words, which must all occur and
 *   may go on: "presi" finds "president".
 * @returns undefined when nothing is left that could be looked for.
 */
export function ftsQuery(
  typed: string,
  { quoted }: { quoted: boolean },
): string | undefined {
  const text = typed.replaceAll("\0", " ").replaceAll('"', " ").trim();
  const terms = (quoted ? [text] : text.split(/\s+/)).filter((term) =>
    // FTS5's tokenizer drops everything but letters, digits and marks.
    /[\p{L}\p{N}\p{Co}]/u.test(term),
  );
  if (terms.length === 0) return undefined;
  return terms.map((term) => `"${term}"${quoted ? "" : "*"}`).join(" ");
}
