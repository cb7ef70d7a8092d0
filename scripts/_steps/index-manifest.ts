import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openIndexDatabase } from "#lib/db/index-database";
import { INDEX_SCHEMA_VERSION } from "#lib/db/index-schema";
import type { IndexManifest } from "#lib/db/records";
import { AppError, systemErrorCode } from "#lib/errors";
import {
  buildManifest,
  sameIndex,
  type ManifestSources,
} from "#lib/features/index";
import { METRICS_FILE, RUN_FILE } from "#lib/sae/index";
import { EVALUATION_FILE } from "./evaluate";

type TextRead = ManifestSources["summary"];

/** All that decides what an index will say. */
export type IndexInputs = Pick<
  ManifestSources,
  "sae" | "modelHash" | "corpus" | "keep" | "seed"
> & {
  /** The SAE's folder. */
  folder: string;
};

/**
 * Reads what is known of the SAE's training; the function returned makes the
 * manifest of an index over this much text.
 */
export async function manifestMaker({
  folder,
  ...inputs
}: IndexInputs): Promise<(read: TextRead) => IndexManifest> {
  const evaluation = await readIfThere(join(folder, EVALUATION_FILE));
  const training = await readIfThere(join(folder, RUN_FILE));
  const known = {
    ...inputs,
    schemaVersion: INDEX_SCHEMA_VERSION,
    saeConfig: parseObject(await readFile(join(folder, "cfg.json"), "utf8")),
    training: training === undefined ? null : parseObject(training),
    evaluation: evaluation === undefined ? null : parseObject(evaluation),
    metrics: (await readIfThere(join(folder, METRICS_FILE))) ?? "",
  };
  return (summary) => buildManifest({ ...known, summary, now: new Date() });
}

function parseObject(json: string): Record<string, unknown> {
  return JSON.parse(json) as Record<string, unknown>;
}

/** Whether the index in `file` is the one that would be built. */
export function isCurrent(file: string, expected: IndexManifest): boolean {
  if (!existsSync(file)) return false;
  try {
    const { connection, manifest } = openIndexDatabase(file);
    connection.close();
    return sameIndex(manifest, expected);
  } catch (error) {
    // Damaged, or of another version: it is built again.
    if (error instanceof AppError) return false;
    throw error;
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
