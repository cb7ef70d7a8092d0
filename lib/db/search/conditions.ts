import { AppError } from "#lib/errors";
import type { Clause, Query } from "#lib/query/index";
import type { Condition } from "./columns";
import type { SearchIndex } from "./find";
import { sourcesOf } from "./parts";

/** A condition, and whether it is to hold or not to. */
export type Asked = [condition: Condition, wanted: boolean];

/** What is asked of features by their own numbers and labelling. */
export function conditionsOf(index: SearchIndex, query: Query): Asked[] {
  return query.clauses.flatMap((clause): Asked[] => {
    const condition = conditionOf(index, clause);
    return condition === undefined ? [] : [[condition, !clause.negated]];
  });
}

/** Whether only live features are meant: no others are named. */
export function onlyLive(query: Query): boolean {
  return !query.clauses.some(
    ({ field, negated }) => !negated && (field === "is" || field === "feature"),
  );
}

function conditionOf(
  index: SearchIndex,
  clause: Clause,
): Condition | undefined {
  const { columns, manifest, db } = index;
  switch (clause.field) {
    case "density":
    case "max":
    case "mean":
    case "skew":
      return columns.inRange(clause.field, clause.range);
    case "is":
      return columns.is(clause.value);
    case "has":
      return index.states.hasLabel();
    case "state":
      return index.states.is(clause.value);
    case "source": {
      const names = manifest.places.sources.map(({ name }) => name);
      const number = sourceNumber(names, clause.text);
      return { column: sourcesOf(db), min: number, max: number };
    }
    case "words":
    case "near":
    case "fires":
    case "token":
    case "promotes":
    case "suppresses":
    case "label":
    case "about":
    case "text":
    case "like":
    case "feature":
    case "on":
    case "sort":
      return undefined;
  }
}

/** @throws AppError "invalid" when no source, or more than one, is meant. */
export function sourceNumber(names: readonly string[], typed: string): number {
  const wanted = typed.toLowerCase();
  const lower = names.map((name) => name.toLowerCase());
  const exact = lower.indexOf(wanted);
  if (exact >= 0) return exact;
  const begin = lower.flatMap((name, i) =>
    name.startsWith(wanted) ? [i] : [],
  );
  if (begin.length === 1) return begin[0]!;
  throw new AppError(
    "invalid",
    `There is no source “${typed}”; the text came from ${names.join(", ")}.`,
  );
}
