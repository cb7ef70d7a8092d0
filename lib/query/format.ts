import {
  isTextClause,
  naturalOrder,
  type Clause,
  type NumberField,
  type NumberRange,
  type Query,
  type TextClause,
} from "./ast";

/** The query as text; `parseQuery` reads it back as it is. */
export function formatQuery(query: Query): string {
  return query.clauses.map(formatClause).join(" ");
}

export function formatClause(clause: Clause): string {
  return `${clause.negated ? "-" : ""}${positive(clause)}`;
}

function positive(clause: Clause): string {
  if (isTextClause(clause)) return formatText(clause);
  switch (clause.field) {
    case "has":
      return clause.negated ? "label" : "has:label";
    case "is":
    case "state":
      return `${clause.field}:${clause.value}`;
    case "like":
      return `like:${clause.feature}`;
    case "feature":
      return `#${clause.features.join(",")}`;
    case "on":
      return `on:${clause.tokens.join(",")}`;
    case "sort": {
      const { key, order } = clause;
      return `sort:${key}${order === naturalOrder(key) ? "" : `-${order}`}`;
    }
    case "density":
    case "max":
    case "mean":
    case "skew":
      return `${clause.field}:${formatRange(clause.field, clause.range)}`;
  }
}

function formatText({ field, text, quoted }: TextClause): string {
  const value = quoted ? quote(text) : text;
  return field === "words" ? value : `${field}:${value}`;
}

/** Text in quotes, with what would end them or be lost in a line escaped. */
export function quote(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t");
  return `"${escaped}"`;
}

function formatRange(
  field: NumberField,
  { min, max, open }: NumberRange,
): string {
  const equals = open ? "" : "=";
  if (min === null) return `<${equals}${formatNumber(field, max!)}`;
  if (max === null) return `>${equals}${formatNumber(field, min)}`;
  if (min === max) return formatNumber(field, min);
  return `${formatNumber(field, min)}..${formatNumber(field, max)}`;
}

/** A share is read most easily in percent, as long as that is exact. */
function formatNumber(field: NumberField, value: number): string {
  if (field === "density" && value >= 1e-3) {
    const percent = String(Number((value * 100).toPrecision(12)));
    if (Number(`${percent}e-2`) === value) return `${percent}%`;
  }
  return String(value);
}
