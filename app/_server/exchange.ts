import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import type { z } from "zod";
import {
  exportQuerySchema,
  importQuerySchema,
  importReportSchema,
  type ExchangeFormat,
  type ImportReport,
} from "#lib/contract/index";
import { AppError } from "#lib/errors";
import { checkImport, exportText, importFile } from "#lib/exchange/index";
import { assertMay, may, type Actor } from "#lib/policy";
import { hiddenPlaces } from "./blind";
import { labels, limits, readerOf } from "./databases";
import { checkOrigin } from "./http-body";
import { failure } from "./http-errors";
import { parseInput } from "./http-input";
import { labelFile } from "./paths";
import { queryOf } from "./route";
import { saeIdOf } from "./saes-by-hash";
import { actorOf } from "./session";
import { withUpload } from "./upload";

/** Media type and how a file's name ends. */
const FILES: Record<ExchangeFormat, { type: string; end: string }> = {
  jsonl: { type: "application/x-ndjson", end: "labels.jsonl" },
  csv: { type: "text/csv; charset=utf-8", end: "labels.csv" },
  neuronpedia: { type: "application/x-ndjson", end: "explanations.jsonl" },
};

/** Everything people said of an SAE's features, as a file, bit by bit. */
export async function sendExport(
  request: Request,
  saeId: string,
): Promise<Response> {
  try {
    const actor = await actorOf(request);
    assertMay(actor, "export");
    const query = parseInput(exportQuerySchema, queryOf(request));
    return exportOf(actor, saeId, query as z.output<typeof exportQuerySchema>);
  } catch (error) {
    return failure(error, request);
  }
}

function exportOf(
  actor: Actor,
  saeId: string,
  { format, gzip, model, source }: z.output<typeof exportQuerySchema>,
): Response {
  const { manifest } = readerOf(saeId);
  const text = Readable.from(
    exportText(labelFile(), {
      format,
      saeHash: manifest.saeHash,
      saeName: saeIdOf,
      hides: hiddenPlaces(actor),
      // They say where features fire: who is asked next must not know.
      contexts: may(actor, "import"),
      source: {
        modelId: model ?? manifest.modelName,
        layer: source ?? manifest.saeId,
      },
    }),
    { objectMode: false },
  );
  const file = FILES[format];
  const name = `${saeId}-${file.end}${gzip ? ".gz" : ""}`;
  const stream = gzip ? text.compose(createGzip()) : text;
  return new Response(Readable.toWeb(stream) as ReadableStream, {
    headers: {
      "content-type": gzip ? "application/gzip" : file.type,
      // An SAE's id needs no quoting: it is a file's name already.
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}

/** One at a time: it costs the disk and the others' patience. */
let importing = false;

/** Takes a file of labels in for an SAE, or says what it would do. */
export async function receiveImport(
  request: Request,
  saeId: string,
): Promise<Response> {
  try {
    checkOrigin(request);
    const actor = await actorOf(request);
    assertMay(actor, "import");
    limits().take("write", actor.id);
    const query = parseInput(importQuerySchema, queryOf(request));
    const { check } = query as z.output<typeof importQuerySchema>;
    const report = await withUpload(request, (file) =>
      takeIn(actor, saeId, file, check),
    );
    return Response.json(importReportSchema.parse(report), {
      headers: { "cache-control": "no-store" },
    });
  } catch (error) {
    return failure(error, request);
  }
}

async function takeIn(
  actor: Actor,
  saeId: string,
  file: string,
  check: boolean,
): Promise<ImportReport> {
  const { saeHash, dSae } = readerOf(saeId).manifest;
  const sae = { saeHash, dSae };
  const options = {
    ...{ actor, sae, only: true },
    now: () => new Date(),
    findSae: (hash: string | undefined, name: string | undefined) =>
      // A name alone is what a person wrote: this SAE's, or another's.
      hash === saeHash || (hash === undefined && name === saeId)
        ? sae
        : undefined,
  };
  if (importing) {
    throw new AppError(
      "unavailable",
      "Another import is running; try again when it has ended.",
    );
  }
  importing = true;
  try {
    return await (check
      ? checkImport(labelFile(), file, options)
      : importFile(labels(), file, options));
  } finally {
    importing = false;
  }
}
