import { AppError } from "#lib/errors";
import type { CorpusDocument } from "#lib/corpus/document";
import { readLines } from "./lines";

/**
 * A JSON Lines file: one object a line, the text in one of its fields. A
 * field "title" names the document, else its line does. Empty lines and empty
 * texts are skipped.
 * @throws AppError("invalid") naming the line that cannot be read.
 */
export async function* jsonlDocuments(
  file: string,
  label: string,
  field: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<CorpusDocument> {
  for await (const { text: line, number } of readLines(file, label, onBytes)) {
    if (line.trim() === "") continue;
    const where = `${label}, line ${String(number)}`;
    const record = parseObject(line, where);
    const text = record[field];
    if (typeof text !== "string") throw noText(where, field, record);
    if (text.trim() === "") continue;
    const { title } = record;
    const named = typeof title === "string" && title.trim() !== "";
    yield { title: named ? title.trim() : where, source: where, text };
  }
}

function parseObject(line: string, where: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new AppError(
      "invalid",
      `${where} is not valid JSON; each line must be one JSON object.`,
      { cause },
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AppError(
      "invalid",
      `${where} is not a JSON object; each line must be one, with the text in a field.`,
    );
  }
  return value as Record<string, unknown>;
}

function noText(
  where: string,
  field: string,
  record: Record<string, unknown>,
): AppError {
  if (field in record) {
    return new AppError("invalid", `${where}: field "${field}" is not a text.`);
  }
  const present = Object.keys(record).slice(0, 8).join(", ") || "none";
  return new AppError(
    "invalid",
    `${where} has no field "${field}"; name the field that holds the text (it has: ${present}).`,
  );
}
