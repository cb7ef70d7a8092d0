import { nearest } from "#lib/nearest";
import {
  IS_VALUES,
  naturalOrder,
  SORT_KEYS,
  STATE_VALUES,
  type Clause,
  type NumberField,
  type NumberRange,
} from "./ast";
import { Misread } from "./problem";

const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?%?`;
const COMPARISON = new RegExp(`^(<=|>=|<|>|=|)(${NUMBER})$`);
const FROM_TO = new RegExp(`^(${NUMBER})?\\.\\.(${NUMBER})?$`);

const EXAMPLES: Record<NumberField, string> = {
  density: "density:<1e-3",
  max: "max:>10",
  mean: "mean:1..2",
  skew: "skew:>2",
};

/** "<1e-3", "0.1%..1%", ">= 5", "3". @throws Misread */
export function readRange(field: NumberField, text: string): NumberRange {
  const range = rangeOf(text.trim());
  if (range === undefined) {
    throw new Misread(
      `“${field}:” needs a number with <, <=, > or >= before it, or two with “..” between them.`,
      EXAMPLES[field],
    );
  }
  const { min, max } = range;
  if (min !== null && max !== null && min > max) {
    throw new Misread(
      `The range of “${field}:” ends before it begins.`,
      turned(field, text),
    );
  }
  if (field === "density" && [min, max].some((v) => v !== null && !isShare(v)))
    throw new Misread(
      "A density is the share of tokens a feature fires on: from 0 to 1, or in percent.",
      asPercent(text),
    );
  return range;
}

const isShare = (value: number) => value >= 0 && value <= 1;

function rangeOf(text: string): NumberRange | undefined {
  const compared = COMPARISON.exec(text);
  if (compared) {
    const value = numberOf(compared[2]!);
    if (!Number.isFinite(value)) return undefined;
    const open = compared[1] === "<" || compared[1] === ">";
    const sign = compared[1]!.charAt(0);
    return {
      min: sign === "<" ? null : value,
      max: sign === ">" ? null : value,
      open,
    };
  }
  const between = FROM_TO.exec(text);
  if (!between) return undefined;
  const [, from, to] = between;
  const min = from === undefined ? null : numberOf(from);
  const max = to === undefined ? null : numberOf(to);
  if (min === null && max === null) return undefined;
  if (![min ?? 0, max ?? 0].every(Number.isFinite)) return undefined;
  return { min, max, open: false };
}

/** "0.1%" → 0.001, with the exponent moved so that nothing is rounded twice. */
function numberOf(text: string): number {
  const percent = /^([^eE%]+)(?:[eE]([-+]?\d+))?(%?)$/.exec(text)!;
  const exponent = Number(percent[2] ?? 0) - (percent[3] === "%" ? 2 : 0);
  const value = Number(`${percent[1]!}e${exponent}`);
  // −0 would not come back from its text.
  return value === 0 ? 0 : value;
}

function turned(field: NumberField, text: string): string | undefined {
  const [, from, to] = FROM_TO.exec(text.trim()) ?? [];
  return from && to ? `${field}:${to}..${from}` : undefined;
}

/** "<5" was meant in percent. */
function asPercent(text: string): string | undefined {
  const percent = text
    .trim()
    .replace(new RegExp(NUMBER, "g"), (n) => `${n.replace("%", "")}%`);
  const range = rangeOf(percent);
  if (range === undefined || percent === text.trim()) return undefined;
  const { min, max } = range;
  return isShare(min ?? 0) && isShare(max ?? 0)
    ? `density:${percent}`
    : undefined;
}

/** "123" or "#123" → 123. @throws Misread */
export function readFeature(field: string, text: string): number {
  const match = /^#?(\d{1,8})$/.exec(text.trim());
  if (match) return Number(match[1]);
  throw new Misread(`“${field}:” needs the number of a feature.`, "like:123");
}

/** "2,5" → [2, 5]. @throws Misread */
export function readTokens(text: string): number[] {
  if (!/^\d{1,4}(,\d{1,4})*$/.test(text)) {
    throw new Misread(
      "“on:” needs numbers of tokens of your text, with commas between them.",
      "on:1,2",
    );
  }
  const tokens = text.split(",").map(Number);
  if (tokens.includes(0)) {
    throw new Misread("Tokens are counted from 1.", "on:1");
  }
  return [...new Set(tokens)].sort((a, b) => a - b);
}

/** @throws Misread */
export function readWord(
  field: "has" | "is" | "state" | "sort",
  text: string,
): Clause {
  const word = text.trim().toLowerCase();
  switch (field) {
    case "has":
      if (word === "label") return { field, value: word, negated: false };
      throw new Misread("“has:” is followed by “label”.", "has:label");
    case "is":
      return { field, value: choose(field, word, IS_VALUES), negated: false };
    case "state":
      return {
        field,
        value: choose(field, word, STATE_VALUES),
        negated: false,
      };
    case "sort": {
      const [, name, order] = /^(.*?)(?:-(asc|desc))?$/.exec(word)!;
      const key = choose(field, name!, SORT_KEYS);
      return {
        field,
        key,
        order: (order as "asc" | "desc" | undefined) ?? naturalOrder(key),
        negated: false,
      };
    }
  }
}

/** @throws Misread when `word` is none of `values`. */
function choose<T extends string>(
  field: string,
  word: string,
  values: readonly T[],
): T {
  const value = values.find((v) => v === word);
  if (value !== undefined) return value;
  const meant = word === "" ? undefined : nearest(word, values);
  throw new Misread(
    `“${field}:” is followed by ${listOf(values)}.`,
    `${field}:${meant ?? values[0]!}`,
  );
}

/** "a, b or c" */
function listOf(values: readonly string[]): string {
  return `${values.slice(0, -1).join(", ")} or ${values.at(-1)!}`;
}
