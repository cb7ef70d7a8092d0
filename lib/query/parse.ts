import { nearest } from "#lib/nearest";
import type { Clause, Query, TextClause } from "./ast";
import { FIELD_NAMES } from "./fields";
import { quote } from "./format";
import { Misread, type Problem } from "./problem";
import { readFeature, readRange, readTokens, readWord } from "./values";

/** A query is no longer than this, in UTF-16 units. */
export const QUERY_MAX = 2000;
/** … and has no more clauses. */
export const CLAUSES_MAX = 24;

/** A clause and where it stands. */
export interface PlacedClause {
  clause: Clause;
  start: number;
  end: number;
}

export interface ParsedQuery extends Query {
  placed: PlacedClause[];
  /** What was not understood; its text is in no clause. */
  problems: Problem[];
}

/**
 * Reads a query (docs/search.md). Never throws: what is wrong is told with
 * its place, and the rest is read.
 */
export function parseQuery(text: string): ParsedQuery {
  const placed: PlacedClause[] = [];
  const problems: Problem[] = [];
  for (let at = skipSpace(text, 0); at < text.length;) {
    const { raw, end } = cut(text, at);
    try {
      placed.push({ clause: read(raw), start: at, end });
    } catch (error) {
      if (!(error instanceof Misread)) throw error;
      problems.push(problem(at, end, raw.negated, error));
    }
    at = skipSpace(text, end);
  }
  problems.push(...contradictions(placed));
  problems.sort((a, b) => a.start - b.start);
  return { clauses: placed.map(({ clause }) => clause), placed, problems };
}

function problem(
  start: number,
  end: number,
  negated: boolean,
  { message, suggestion }: Misread,
): Problem {
  const place = { start, end, message };
  if (suggestion === undefined) return place;
  return { ...place, suggestion: `${negated ? "-" : ""}${suggestion}` };
}

/** One clause's text, cut out: [-] [field:] then a quoted text or a word. */
interface Raw {
  negated: boolean;
  field: string | undefined;
  value: string;
  quoted: boolean;
  /** As it was written, the sign left out. */
  written: string;
}

const FIELD = /^([a-z]+):/i;
const CLOSING: Record<string, string> = { '"': '"', "“": "”" };

function cut(text: string, start: number): { raw: Raw; end: number } {
  let at = start;
  // A dash alone, or several, is text.
  const negated = text[at] === "-" && !/^-+(\s|$)/.test(text.slice(at));
  if (negated) at++;
  const from = at;
  const field = FIELD.exec(text.slice(at, at + 40))?.[1];
  if (field !== undefined) at += field.length + 1;
  const closing = CLOSING[text[at] ?? ""];
  const quoted = closing !== undefined;
  const [value, end] = quoted
    ? cutQuoted(text, at + 1, closing)
    : cutWord(text, at);
  return {
    raw: { negated, field, value, quoted, written: text.slice(from, end) },
    end,
  };
}

const ESCAPES: Record<string, string> = {
  n: "\n",
  t: "\t",
  '"': '"',
  "\\": "\\",
};

/** Up to the closing quote, or the end: one is still typing. */
function cutQuoted(
  text: string,
  start: number,
  closing: string,
): [string, number] {
  let value = "";
  for (let at = start; at < text.length; at++) {
    const char = text[at]!;
    if (char === closing) return [value, at + 1];
    const escaped = char === "\\" ? ESCAPES[text[at + 1] ?? ""] : undefined;
    if (escaped !== undefined) at++;
    value += escaped ?? char;
  }
  return [value, text.length];
}

function cutWord(text: string, start: number): [string, number] {
  const length = /^\S*/.exec(text.slice(start))![0].length;
  return [text.slice(start, start + length), start + length];
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && /\s/.test(text[at]!)) at++;
  return at;
}

/** @throws Misread */
function read(raw: Raw): Clause {
  const { negated, quoted, value } = raw;
  if (raw.field === undefined) {
    if (!quoted) {
      if (negated && value.toLowerCase() === "label") {
        return { field: "has", value: "label", negated };
      }
      if (/^#\d{1,8}(,\d{1,8})*$/.test(value)) {
        const features = value.slice(1).split(",").map(Number);
        return { field: "feature", features, negated };
      }
    }
    return readText("words", raw);
  }
  const clause = readField(raw.field.toLowerCase(), raw);
  if (!negated) return clause;
  if (clause.field === "sort" || clause.field === "on") {
    throw new Misread(`“${clause.field}:” cannot be turned round with “-”.`);
  }
  return { ...clause, negated };
}

/** @throws Misread */
function readField(field: string, raw: Raw): Clause {
  const { value } = raw;
  switch (field) {
    case "near":
    case "fires":
    case "token":
    case "promotes":
    case "suppresses":
    case "label":
    case "about":
    case "source":
    case "text":
      return readText(field, raw);
    case "density":
    case "max":
    case "mean":
    case "skew":
      return { field, range: readRange(field, value), negated: false };
    case "has":
    case "is":
    case "state":
    case "sort":
      return readWord(field, value);
    case "like":
      return { field, feature: readFeature(field, value), negated: false };
    case "on":
      return { field, tokens: readTokens(value), negated: false };
    default:
      throw unknownField(field, raw);
  }
}

/** @throws Misread when there is no text. */
function readText(field: TextClause["field"], raw: Raw): TextClause {
  const { value, quoted, negated } = raw;
  const empty = field === "fires" ? value === "" : value.trim() === "";
  // A token may be white space, and nothing else may.
  if (empty && !(quoted && value !== "" && OF_TOKENS.has(field))) {
    throw new Misread(
      field === "words"
        ? "There is nothing between the quotes."
        : `“${field}:” needs a text, e.g. ${field}:king or ${field}:" king".`,
    );
  }
  return { field, text: value, quoted, negated };
}

const OF_TOKENS = new Set(["fires", "token", "promotes", "suppresses"]);

function unknownField(field: string, { written, value }: Raw): Misread {
  const meant = nearest(field, FIELD_NAMES);
  return new Misread(
    meant === undefined
      ? `There is no filter “${field}:”; put it in quotes if it is text to look for.`
      : `There is no filter “${field}:”; did you mean “${meant}:”? Put it in quotes if it is text to look for.`,
    meant === undefined
      ? quote(written)
      : `${meant}:${value === "" ? "…" : value}`,
  );
}

/** What only one of may stand in a query, and what needs another. */
function contradictions(placed: PlacedClause[]): Problem[] {
  const problems: Problem[] = [];
  const say = (at: PlacedClause, message: string) => {
    problems.push({ start: at.start, end: at.end, message });
  };
  const once = new Set<string>();
  for (const at of placed) {
    const { field } = at.clause;
    if (field !== "sort" && field !== "text" && field !== "on") continue;
    if (once.has(field)) say(at, `“${field}:” can stand in a search once.`);
    once.add(field);
  }
  for (const at of placed) {
    if (at.clause.field === "on" && !once.has("text")) {
      say(at, "“on:” counts tokens of your own text: it needs “text:”.");
    }
  }
  if (placed.length > CLAUSES_MAX) {
    const at = placed[CLAUSES_MAX]!;
    say(at, `A search has at most ${CLAUSES_MAX} parts.`);
  }
  return problems;
}
