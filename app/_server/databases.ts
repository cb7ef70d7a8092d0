import {
  indexReader,
  labelDatabase,
  type IndexReader,
  type LabelDatabase,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import type { LabelDesk } from "#lib/labels/index";
import { indexFile, labelFile } from "./paths";

/** The index of an SAE. @throws AppError "not_found" or "unavailable". */
export function readerOf(saeId: string): IndexReader {
  return indexReader(indexFile(saeId), labelFile());
}

export function labels(): LabelDatabase {
  return labelDatabase(labelFile());
}

export function labelDesk(): LabelDesk {
  return { db: labels(), now: () => new Date() };
}

/** @throws AppError "not_found" when the SAE has no such feature. */
export function assertFeature(reader: IndexReader, index: number): void {
  const { dSae } = reader.manifest;
  if (Number.isInteger(index) && index >= 0 && index < dSae) return;
  throw new AppError(
    "not_found",
    `There is no feature ${index}; this SAE's features are 0 to ${dSae - 1}.`,
  );
}
