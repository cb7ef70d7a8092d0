import type { SearchGroup, SearchQuery } from "#lib/contract/index";
import type { IndexReader } from "#lib/db/index";
import { AppError } from "#lib/errors";
import {
  hasWords,
  wordsAs,
  wordsAsText,
  type ParsedQuery,
  type Query,
} from "#lib/query/index";
import { refuse, wrongWith } from "./queries";

/** A question whose results are one group. */
export interface GroupQuestion {
  place: SearchGroup["in"];
  query: Query;
}

/** Places in which bare words are looked for without being asked to. */
const PLACES = ["label", "about", "near", "token", "promotes"] as const;

/**
 * The questions that a search asks: one for each place its bare words are
 * looked for in, and one for the feature whose number it names.
 *
 * @throws AppError "invalid" when the place asked for cannot hold the words.
 */
export function groupQuestions(
  reader: IndexReader,
  query: ParsedQuery,
  place: SearchQuery["in"],
): GroupQuestion[] {
  if (place !== "all") {
    if (!hasWords(query)) return [{ place: "filter", query }];
    const moved = wordsIn(query, place);
    const problems = query.placed.flatMap(({ start, end }, i) => {
      const clause = place === "text" ? undefined : moved.clauses[i];
      const message = clause && wrongWith(reader, clause);
      return message === undefined ? [] : [{ start, end, message }];
    });
    if (problems.length > 0) throw refuse(problems);
    return [{ place, query: moved }];
  }
  const questions = aboutNumber(reader, query);
  if (!hasWords(query)) {
    const onlyNumber = questions.length > 0 && query.clauses.length === 1;
    return onlyNumber ? questions : [...questions, { place: "filter", query }];
  }
  for (const place of PLACES) {
    const moved = place === "about" ? onlyAbout(query) : wordsIn(query, place);
    const possible = moved.clauses.every(
      (clause) => wrongWith(reader, clause) === undefined,
    );
    if (possible) questions.push({ place, query: moved });
  }
  return questions;
}

function wordsIn(
  query: Query,
  place: Exclude<SearchQuery["in"], "all">,
): Query {
  if (place === "about") return onlyAbout(query);
  if (place !== "text") return wordsAs(query, place);
  if (query.clauses.some(({ field }) => field === "text")) {
    throw new AppError(
      "invalid",
      "The search has a text of your own already: take “text:” or “in” away.",
    );
  }
  return wordsAsText(query);
}

/** Labels of like meaning, without those that hold the words themselves. */
function onlyAbout(query: Query): Query {
  const { clauses } = wordsAs(query, "about");
  const words = query.clauses.flatMap((clause) =>
    clause.field === "words" && !clause.negated
      ? [{ ...clause, field: "label" as const, negated: true }]
      : [],
  );
  return { clauses: [...clauses, ...words] };
}

/** "#123" or "123": that feature, and those nearest to it. */
function aboutNumber(reader: IndexReader, query: Query): GroupQuestion[] {
  const numbers = query.clauses.flatMap((clause) => {
    if (clause.negated) return [];
    if (clause.field === "feature") return clause.features;
    const bare = clause.field === "words" && !clause.quoted;
    return bare && /^\d{1,8}$/.test(clause.text) ? [Number(clause.text)] : [];
  });
  const [feature, ...more] = numbers;
  if (feature === undefined || more.length > 0) return [];
  if (feature >= reader.manifest.dSae) return [];
  const only = (clause: Query["clauses"][number]) => ({ clauses: [clause] });
  return [
    {
      place: "feature",
      query: only({ field: "feature", features: [feature], negated: false }),
    },
    { place: "like", query: only({ field: "like", feature, negated: false }) },
  ];
}
