/**
 * What a person typed → an FTS5 query that cannot be malformed: words stand
 * in quotes, so no operator, bracket or column name is left. Words must all
 * occur; what the person put in double quotes is one phrase.
 *
 * @param prefix words may go on: "presi" finds "president".
 * @returns undefined when nothing is left that could be looked for.
 */
export function ftsQuery(
  typed: string,
  options: { prefix?: boolean } = {},
): string | undefined {
  const terms: string[] = [];
  for (const match of typed.replaceAll("\0", " ").matchAll(TERMS)) {
    const phrase = match[1];
    const text = phrase ?? match[0].replaceAll('"', "");
    // FTS5's tokenizer drops everything but letters, digits and marks.
    if (!/[\p{L}\p{N}\p{Co}]/u.test(text)) continue;
    const quoted = `"${text.replaceAll('"', "")}"`;
    terms.push(
      options.prefix === true && phrase === undefined ? `${quoted}*` : quoted,
    );
  }
  return terms.length === 0 ? undefined : terms.join(" ");
}

/** "A phrase", or a run of characters that are not white space. */
const TERMS = /"([^"]*)"|\S+/g;
