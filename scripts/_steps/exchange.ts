import { createWriteStream, existsSync, readdirSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { settings } from "#lib/config";
import type { ExchangeFormat, ImportReport } from "#lib/contract/index";
import {
  addPlaceholder,
  labelDatabase,
  localPerson,
  openIndexDatabase,
  type IndexManifest,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import {
  checkImport,
  exportText,
  importFile,
  type KnownSae,
  type Rejection,
} from "#lib/exchange/index";
import type { StepUi } from "./console";

const labelFile = () => join(settings().dataDir, "labels.sqlite");

export interface ExportRequest {
  /** Null: standard output. */
  file: string | null;
  format: ExchangeFormat;
  /** An SAE's name; undefined: all of them. */
  sae: string | undefined;
  /** How Neuronpedia calls it, if it does. */
  modelId: string | undefined;
  source: string | undefined;
}

/** Writes a file whole or not at all; a name that ends in ".gz" packs it. */
export async function runExportLabels(
  request: ExportRequest,
  signal: AbortSignal,
): Promise<{ rows: Record<string, number> }> {
  const saes = indexedSaes();
  const sae = request.sae === undefined ? undefined : saeCalled(request.sae);
  if (request.format === "neuronpedia" && sae === undefined) {
    throw new AppError(
      "bad_request",
      "Neuronpedia's files are of one SAE; name it: --sae <name>.",
    );
  }
  const names = new Map(saes.map(({ saeHash, saeId }) => [saeHash, saeId]));
  const rows: Record<string, number> = {};
  const text = Readable.from(
    exportText(
      labelFile(),
      {
        format: request.format,
        saeHash: sae?.saeHash,
        saeName: (hash) => names.get(hash) ?? null,
        source: {
          modelId: request.modelId ?? sae?.modelName ?? "",
          layer: request.source ?? sae?.saeId ?? "",
        },
      },
      ({ type }) => {
        rows[type] = (rows[type] ?? 0) + 1;
      },
    ),
    { objectMode: false },
  );
  const { file } = request;
  if (file === null) {
    await pipeline(text, process.stdout, { end: false, signal });
    return { rows };
  }
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    const target = createWriteStream(unfinished, { flush: true });
    if (file.endsWith(".gz")) {
      await pipeline(text, createGzip(), target, { signal });
    } else await pipeline(text, target, { signal });
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
  return { rows };
}

export interface ImportRequest {
  file: string;
  /** The SAE of rows that name none. */
  sae: string | undefined;
  /** The author of rows that name none; undefined: whoever is at the keyboard. */
  author: string | undefined;
  /** Only say what would happen. */
  check: boolean;
  onRejected: (rejection: Rejection) => void;
}

export async function runImportLabels(
  request: ImportRequest,
  ui: StepUi,
): Promise<ImportReport> {
  const { file, check, author, onRejected } = request;
  if (!existsSync(file)) {
    throw new AppError("not_found", `There is no file ${file}.`);
  }
  const known = indexedSaes();
  const db = labelDatabase(labelFile());
  const at = new Date().toISOString();
  const { id, name } =
    author === undefined
      ? localPerson(db, "You", at)
      : addPlaceholder(db, author, at);
  const bar = ui.progress(check ? "check" : "import", { unit: "rows" });
  const options = {
    actor: { id, name, role: "admin", scopes: null } as const,
    now: () => new Date(),
    ...(request.sae === undefined ? {} : { sae: saeCalled(request.sae) }),
    findSae: (
      hash: string | undefined,
      saeId: string | undefined,
    ): KnownSae | undefined =>
      known.find((sae) =>
        hash === undefined ? sae.saeId === saeId : sae.saeHash === hash,
      ),
    onRejected,
    onProgress: (rows: number) => {
      bar.update(rows);
    },
    signal: ui.signal,
  };
  const report = await (check
    ? checkImport(labelFile(), file, options)
    : importFile(db, file, options));
  bar.finish();
  return report;
}

/** SAEs with an index that can be read. */
function indexedSaes(): IndexManifest[] {
  const folder = join(settings().dataDir, "index");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sqlite"))
    .sort()
    .flatMap((name) => {
      try {
        const { connection, manifest } = openIndexDatabase(join(folder, name));
        connection.close();
        return [manifest];
      } catch (error) {
        if (error instanceof AppError) return [];
        throw error;
      }
    });
}

function saeCalled(name: string): IndexManifest {
  const saes = indexedSaes();
  const sae = saes.find(({ saeId }) => saeId === name);
  if (sae) return sae;
  throw new AppError(
    "not_found",
    saes.length === 0
      ? `There is no index of "${name}", nor of any other SAE.`
      : `There is no index of "${name}"; there are: ${saes.map(({ saeId }) => saeId).join(", ")}.`,
  );
}
