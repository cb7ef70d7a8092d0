import {
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetReadObjects,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { AppError } from "#lib/errors";
import type { CorpusDocument } from "#lib/corpus/document";

/**
 * A Parquet file with its texts in one column; a column "title", if there is
 * one, names the documents. Read one row group at a time; empty texts are
 * skipped.
 * @throws AppError("invalid") when it is no Parquet file or has no such column.
 */
export async function* parquetDocuments(
  file: string,
  label: string,
  field: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<CorpusDocument> {
  const buffer = await asyncBufferFromFile(file);
  const metadata = await readable(label, parquetMetadataAsync(buffer));
  const columns = metadata.schema
    .filter((element) => element.num_children === undefined)
    .map(({ name }) => name);
  if (!columns.includes(field)) {
    throw new AppError(
      "invalid",
      `${label} has no column "${field}"; name the column that holds the text (it has: ${columns.slice(0, 12).join(", ")}).`,
    );
  }
  const wanted = columns.includes("title") ? [field, "title"] : [field];

  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const rows = await readable(
      label,
      parquetReadObjects({
        file: buffer,
        metadata,
        compressors,
        columns: wanted,
        rowStart,
        rowEnd,
      }),
    );
    onBytes(Number(group.total_byte_size));
    for (const [i, row] of rows.entries()) {
      const where = `${label}, row ${String(rowStart + i + 1)}`;
      const text: unknown = row[field];
      if (text === null || text === undefined) continue;
      if (typeof text !== "string") {
        throw new AppError(
          "invalid",
          `${where}: column "${field}" does not hold text.`,
        );
      }
      if (text.trim() === "") continue;
      const title: unknown = row.title;
      const named = typeof title === "string" && title.trim() !== "";
      yield { title: named ? title.trim() : where, source: where, text };
    }
    rowStart = rowEnd;
  }
}

/** Whatever the reader fails with, the file is what is wrong. */
async function readable<T>(label: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    throw new AppError(
      "invalid",
      `${label} cannot be read as Parquet; it is damaged, cut short or of another format.`,
      { cause },
    );
  }
}
