import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { IndexReader } from "#lib/db/index";
import { readerOf } from "./databases";
import { parseInput } from "./http-input";
import { failure } from "./http-errors";
import { saeParams } from "./route-params";
import { actorOf } from "./session";

interface Columns {
  bytes: Uint8Array<ArrayBuffer>;
  zipped: Uint8Array<ArrayBuffer>;
  etag: string;
}

/** They change only with the index, and are packed once. */
const packed = new WeakMap<IndexReader, Promise<Columns>>();

/** Answers with the columns that maps of all features are drawn from. */
export async function sendPointColumns(
  request: Request,
  context: { params: Promise<Record<string, string>> },
): Promise<Response> {
  try {
    await actorOf(request);
    const { sae } = parseInput(saeParams, await context.params);
    const { bytes, zipped, etag } = await columnsOf(readerOf(sae));
    const headers = {
      etag,
      "cache-control": "private, no-cache",
      vary: "accept-encoding",
    };
    if (request.headers.get("if-none-match") === etag) {
      return new Response(null, { status: 304, headers });
    }
    const type = { "content-type": "application/octet-stream" };
    return takesGzip(request)
      ? new Response(zipped, {
          headers: { ...headers, ...type, "content-encoding": "gzip" },
        })
      : new Response(bytes, { headers: { ...headers, ...type } });
  } catch (error) {
    return failure(error, request);
  }
}

function takesGzip(request: Request): boolean {
  return /\bgzip\b/.test(request.headers.get("accept-encoding") ?? "");
}

function columnsOf(reader: IndexReader): Promise<Columns> {
  let columns = packed.get(reader);
  if (columns === undefined) packed.set(reader, (columns = pack(reader)));
  return columns;
}

async function pack(reader: IndexReader): Promise<Columns> {
  const points = reader.points();
  const bytes = concat([
    points.firingCounts,
    points.meanActivations,
    points.positions,
    points.sources,
  ]);
  const zipped = new Uint8Array(await promisify(gzip)(bytes));
  const hash = createHash("sha1").update(bytes).digest("base64url");
  return { bytes, zipped, etag: `W/"${hash}"` };
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
