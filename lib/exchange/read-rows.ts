import { AppError } from "#lib/errors";
import type { ExchangeFormat } from "#lib/contract/index";
import { readCells, readHeader } from "./columns";
import {
  explanationSchema,
  fromExplanation,
  isExplanation,
} from "./neuronpedia";
import { isCsv, recordsOf, type BadRecord, type FileRecord } from "./records";
import { parseRow, type Row } from "./row";

/** A row of a file, or what is wrong with it. */
export interface ReadRow {
  line: number;
  content: Row | { problem: string };
}

export interface FileRows {
  format: ExchangeFormat;
  rows: AsyncGenerator<ReadRow>;
}

/**
 * Reads a file of labels, in whichever of our formats or gzipped.
 *
 * @throws AppError "invalid" for a file that is none, or is not whole.
 */
export async function openRows(file: string): Promise<FileRows> {
  const csv = await isCsv(file);
  const records = recordsOf(file, csv);
  if (csv) return { format: "csv", rows: csvRows(records) };
  const first = await records.next();
  const explanations =
    first.done !== true &&
    "text" in first.value &&
    isExplanation(tryJson(first.value.text));
  const all = recordsOf(file, false);
  return explanations
    ? { format: "neuronpedia", rows: explanationRows(all) }
    : { format: "jsonl", rows: jsonRows(all) };
}

/** Reads a file to its end. @throws AppError as `openRows` does. */
export async function assertWhole(file: string): Promise<void> {
  const records = recordsOf(file, await isCsv(file));
  while ((await records.next()).done !== true);
}

type Records = AsyncGenerator<FileRecord | BadRecord>;

/** Reads each record; what is wrong with one is told of that one alone. */
async function* eachOf(
  records: Records,
  read: (text: string) => ReadRow["content"],
): AsyncGenerator<ReadRow> {
  for await (const record of records) {
    const { line } = record;
    yield {
      line,
      content: "problem" in record ? record : attempt(record, read),
    };
  }
}

function attempt(
  { text }: FileRecord,
  read: (text: string) => ReadRow["content"],
): ReadRow["content"] {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof AppError) return { problem: error.message };
    throw error;
  }
}

const jsonRows = (records: Records) =>
  eachOf(records, (text) => parseRow(json(text)));

async function* csvRows(records: Records): AsyncGenerator<ReadRow> {
  const first = await records.next();
  if (first.done === true) return;
  if ("problem" in first.value) {
    throw new AppError("invalid", `Row 1: ${first.value.problem}`);
  }
  const columns = readHeader(first.value.text);
  yield* eachOf(records, (text) => parseRow(readCells(columns, text)));
}

/** A file of explanations is of one SAE: that of its first line. */
async function* explanationRows(records: Records): AsyncGenerator<ReadRow> {
  let source: string | undefined;
  yield* eachOf(records, (text) => {
    const parsed = explanationSchema.safeParse(json(text));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return { problem: issue?.message ?? "This is no explanation." };
    }
    const { modelId, layer } = parsed.data;
    const own = `${modelId}/${layer}`;
    source ??= own;
    if (own !== source) {
      return {
        problem: `This explanation is of ${own}, the first of ${source}.`,
      };
    }
    return parseRow(fromExplanation(parsed.data));
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("invalid", "The row is no well-formed JSON.");
  }
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
