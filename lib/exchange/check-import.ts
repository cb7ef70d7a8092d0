import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ImportReport } from "#lib/contract/index";
import { backupLabels, openLabelDatabase } from "#lib/db/index";
import { importFile, type ImportOptions } from "./import";

/**
 * What an import would do, without doing it: on a copy of the label database,
 * which is thrown away. What it says is what `importFile` then does, unless
 * somebody writes in between.
 *
 * @throws AppError as `importFile` does.
 */
export async function checkImport(
  labelFile: string,
  file: string,
  options: ImportOptions,
): Promise<ImportReport> {
  const folder = await mkdtemp(join(tmpdir(), "monolex-import-"));
  try {
    const { file: copy } = await backupLabels(labelFile, folder, options.now());
    const db = openLabelDatabase(copy);
    db.$client.pragma("synchronous = OFF");
    try {
      return { ...(await importFile(db, file, options)), checked: true };
    } finally {
      db.$client.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
