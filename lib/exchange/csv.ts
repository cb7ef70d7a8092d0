import { AppError } from "#lib/errors";

export type Cell = string | number | boolean | null;

/**
 * What a spreadsheet would take for a formula. An apostrophe before it says
 * that it is text, and one that is there already gets another.
 */
const FORMULA = /^['=+\-@\t\r]/;

/** One row by RFC 4180, its line end included. Numbers are no formulas. */
export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The cells of one record, apostrophes before formulas taken away.
 *
 * @throws AppError "invalid" for quotes where none may be.
 */
export function parseCsvRow(record: string): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    let text: string;
    if (record[at] === '"') {
      const end = closingQuote(record, at + 1);
      text = record.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
      if (at < record.length && record[at] !== ",") {
        throw new AppError("invalid", "Text follows a closing quotation mark.");
      }
    } else {
      const comma = record.indexOf(",", at);
      const end = comma < 0 ? record.length : comma;
      text = record.slice(at, end);
      if (text.includes('"')) {
        throw new AppError(
          "invalid",
          "A quotation mark stands within a cell that is not quoted.",
        );
      }
      at = end;
    }
    cells.push(/^'['=+\-@\t\r]/.test(text) ? text.slice(1) : text);
    if (at >= record.length) return cells;
    at++;
  }
}

function closingQuote(record: string, from: number): number {
  let at = from;
  for (;;) {
    const quote = record.indexOf('"', at);
    if (quote < 0) {
      throw new AppError("invalid", "A quotation mark is never closed.");
    }
    if (record[quote + 1] !== '"') return quote;
    at = quote + 2;
  }
}
