import { AppError } from "#lib/errors";
import { csvRow, parseCsvRow, type Cell } from "./csv";
import type { WrittenRow } from "./row";

/** Columns of a CSV file; each kind of row fills those it has. */
const COLUMNS = {
  type: "text",
  id: "text",
  sae: "text",
  feature: "number",
  text: "text",
  note: "text",
  confidence: "mark",
  tags: "tags",
  author: "text",
  createdAt: "text",
  editor: "text",
  updatedAt: "text",
  acceptedBy: "text",
  label: "text",
  value: "number",
  parent: "text",
  deleted: "boolean",
  activations: "number",
  logits: "number",
  specificity: "number",
  monosemantic: "boolean",
  breaksAt: "number",
  flag: "text",
  duplicateOf: "number",
  decisive: "boolean",
  hits: "number",
  misses: "number",
  falseAlarms: "number",
  rejections: "number",
  contexts: "tags",
  list: "text",
  name: "text",
  description: "text",
  saeHash: "text",
} as const;
type Column = keyof typeof COLUMNS;
const NAMES = Object.keys(COLUMNS) as Column[];

export const CSV_HEADER = csvRow(NAMES);

export function csvLine(row: WrittenRow): string {
  return csvRow(
    NAMES.map((name): Cell => {
      const value = row[name] ?? null;
      return typeof value === "object" && value !== null
        ? tagCell(value)
        : value;
    }),
  );
}

/** "a; b", or JSON where a tag itself holds a semicolon. */
function tagCell(tags: readonly string[]): string {
  const plain = tags.every((tag) => !tag.includes(";") && !tag.startsWith("["));
  return plain ? tags.join("; ") : JSON.stringify(tags);
}

/**
 * The columns a file's first row names; null: not ours, ignored.
 *
 * @throws AppError "invalid" when it names none that a label needs.
 */
export function readHeader(record: string): (Column | null)[] {
  const names = parseCsvRow(record).map((cell) => {
    const name = cell.trim().toLowerCase();
    return NAMES.find((known) => known.toLowerCase() === name) ?? null;
  });
  const twice = names.find((n, i) => n !== null && names.indexOf(n) !== i);
  if (twice !== undefined) {
    throw new AppError("invalid", `The column "${twice}" is there twice.`);
  }
  if (names.includes("feature") || names.includes("name")) return names;
  throw new AppError(
    "invalid",
    'The first row must name the columns, at least "feature" and "text".',
  );
}

/** @throws AppError "invalid" for cells too many or no number. */
export function readCells(
  columns: readonly (Column | null)[],
  record: string,
): Record<string, unknown> {
  const cells = parseCsvRow(record);
  if (cells.length > columns.length) {
    throw new AppError(
      "invalid",
      `The row has ${cells.length} cells, the first row ${columns.length}.`,
    );
  }
  const row: Record<string, unknown> = {};
  cells.forEach((cell, i) => {
    const column = columns[i];
    if (column && cell.trim() !== "") row[column] = readCell(column, cell);
  });
  return row;
}

function readCell(column: Column, cell: string): unknown {
  const text = cell.trim();
  switch (COLUMNS[column]) {
    case "text":
      return column === "type" ? text : cell;
    case "tags":
      return text.startsWith("[") ? jsonTags(text) : tagWords(text);
    case "mark":
      // Of a rubric it is a number.
      return /^\d+$/.test(text) ? Number(text) : text.toLowerCase();
    case "number":
      if (/^[-+]?\d+$/.test(text)) return Number(text);
      throw new AppError("invalid", `"${column}" is not a whole number.`);
    case "boolean": {
      const word = text.toLowerCase();
      if (word === "true" || word === "1") return true;
      if (word === "false" || word === "0") return false;
      throw new AppError("invalid", `"${column}" is neither true nor false.`);
    }
  }
}

function jsonTags(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("invalid", "The tags are no list.");
  }
}

const tagWords = (text: string) =>
  text
    .split(";")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
