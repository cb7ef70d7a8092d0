/** A result, as it stands in the JSON document. */
export type Row = Readonly<Record<string, string | number | null>>;

/**
 * The results of a part as lines of aligned columns, headed by their keys.
 * What was not measured is a dash.
 */
export function formatTable(part: string, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [part];
  const keys = Object.keys(rows[0]!);
  const cells = [keys, ...rows.map((row) => keys.map((k) => show(row[k])))];
  const widths = keys.map((_, c) =>
    Math.max(...cells.map((line) => line[c]!.length)),
  );
  return [
    part,
    ...cells.map((line) =>
      `  ${line.map((cell, c) => cell.padEnd(widths[c]!)).join("  ")}`.trimEnd(),
    ),
  ];
}

/** Whole numbers in full, others with four digits or more. */
function show(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "string" || Number.isInteger(value)) return `${value}`;
  return Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(4);
}
