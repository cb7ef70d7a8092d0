import type { Found, Given, IndexReader } from "#lib/db/index";
import { AppError } from "#lib/errors";
import { tokenize } from "#lib/gpt2/index";
import type { Actor } from "#lib/policy";
import {
  clauseOf,
  isTextClause,
  parseQuery,
  type Clause,
  type ParsedQuery,
  type Problem,
  type Query,
} from "#lib/query/index";
import { hiddenFrom } from "./blind";
import { readerOf } from "./databases";
import { runOwnText, type OwnTextRun } from "./own-text-set";
import { related } from "./related-words";
import { checkSpelling, spell } from "./spelling";

/**
 * What a query says of an SAE's features.
 *
 * @throws AppError "invalid" that says what was not understood; all of it,
 *   with its places, is in details.problems.
 */
export function readQuery(reader: IndexReader, q: string): ParsedQuery {
  const parsed = parseQuery(q);
  const problems = [...parsed.problems];
  for (const { clause, start, end } of parsed.placed) {
    const message = wrongWith(reader, clause) ?? beyondText(parsed, clause);
    if (message !== undefined) problems.push({ start, end, message });
  }
  if (problems.length > 0) throw refuse(problems);
  return parsed;
}

/** Whether `on:` names a token that the text does not have. */
function beyondText(query: Query, clause: Clause): string | undefined {
  const text = clauseOf(query, "text");
  if (clause.field !== "on" || text === undefined) return undefined;
  const { length } = tokenize(text.text);
  const beyond = clause.tokens.find((token) => token > length);
  return beyond === undefined
    ? undefined
    : `There is no token ${beyond}; the text has ${length}.`;
}

/** Why the clause cannot be answered, if so. */
export function wrongWith(
  reader: IndexReader,
  clause: Clause,
): string | undefined {
  try {
    reader.check(clause);
    if (isTextClause(clause)) checkSpelling(clause);
    if (clause.field === "about") related(clause.text);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

/** What was not understood, as an error to throw. @param problems at least one */
export function refuse(problems: Problem[]): AppError {
  problems.sort((a, b) => a.start - b.start);
  return new AppError("invalid", problems[0]!.message, {
    details: { problems },
  });
}

/** What the index does not know of by itself. */
export function given(
  hides: NonNullable<Given["hides"]>,
  ownText: OwnTextRun | undefined,
): Given {
  return { spell, related, hides, ...(ownText && { ownText: ownText.set }) };
}

export interface Answer {
  found: Found;
  /** The text of `text:`, run. */
  ownText: OwnTextRun | undefined;
}

/**
 * The features a query finds, a page at a time.
 *
 * @param query as `readQuery` has read it
 */
export async function answer(
  viewer: Actor,
  saeId: string,
  query: Query,
  page: { cursor?: string | undefined; limit: number },
  signal?: AbortSignal,
): Promise<Answer> {
  const ownText = await runOwnText(saeId, query, signal);
  // The index may have been replaced meanwhile: ask for the reader anew.
  const reader = readerOf(saeId);
  const hides = hiddenFrom(viewer, reader.manifest.saeHash);
  const found = reader.find(query, given(hides, ownText), page);
  return { found, ownText };
}
