import { EXACT_MAX_TOKENS, type Run } from "#lib/db/index";
import { AppError } from "#lib/errors";
import { tokenize } from "#lib/gpt2/index";
import { quote, type TextClause } from "#lib/query/index";

/**
 * The runs of tokens a text of `fires:`, `token:`, `promotes:` or
 * `suppresses:` may be: in quotes exactly this one; else with and without a
 * space before it, as typed, in small letters, with a capital, in capitals.
 */
export function spell({ text, quoted }: TextClause): Run[] {
  if (quoted) return [tokenize(text)];
  const lower = text.toLowerCase();
  const capital = lower.charAt(0).toUpperCase() + lower.slice(1);
  const spellings = new Set([text, lower, capital, text.toUpperCase()]);
  return [...spellings].flatMap((spelling) => [
    tokenize(spelling),
    tokenize(` ${spelling}`),
  ]);
}

/** @throws AppError "invalid" when the tokens are too many to be looked for. */
export function checkSpelling(clause: TextClause): void {
  const { field, text } = clause;
  if (field === "fires") {
    const fewest = Math.min(...spell(clause).map((run) => run.length));
    if (fewest <= EXACT_MAX_TOKENS) return;
    throw new AppError(
      "invalid",
      `${quote(text)} is ${fewest} tokens long; “fires:” finds at most ${EXACT_MAX_TOKENS} in a row.`,
    );
  }
  if (field !== "token" && field !== "promotes" && field !== "suppresses") {
    return;
  }
  const runs = spell(clause);
  if (runs.some((run) => run.length === 1)) return;
  throw new AppError(
    "invalid",
    runs.length === 1
      ? `${quote(text)} is ${runs[0]!.length} tokens; “${field}:” takes one, “fires:” several in a row.`
      : `No spelling of ${quote(text)} is a single token; “fires:${text}” finds it as several in a row.`,
  );
}
