import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError, systemErrorCode } from "#lib/errors";

const MAX_UPLOAD_BYTES = 512 * 1024 * 1024;

/** What a form on another site could send without asking first. */
const FORM_TYPES =
  /^(text\/plain|multipart\/form-data|application\/x-www-form-urlencoded)\b/i;

/**
 * Keeps a request's body in a file while `work` reads it: an upload that breaks
 * off has done nothing.
 *
 * @throws AppError "too_large", "bad_request" or "unsupported_type".
 */
export async function withUpload<T>(
  request: Request,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const type = request.headers.get("content-type") ?? "";
  if (type === "" || FORM_TYPES.test(type)) {
    throw new AppError(
      "unsupported_type",
      "Send the file itself, with content-type application/x-ndjson, text/csv or application/gzip.",
    );
  }
  if (!request.body) throw new AppError("bad_request", "There is no file.");
  const folder = await mkdtemp(join(tmpdir(), "monolex-upload-"));
  const file = join(folder, "file");
  try {
    await pipeline(
      Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0]),
      limited,
      createWriteStream(file),
    ).catch((error: unknown) => {
      const broken = systemErrorCode(error) === "ERR_STREAM_PREMATURE_CLOSE";
      if (!broken) throw error;
      throw new AppError("bad_request", "The upload broke off.");
    });
    return await work(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* limited(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.byteLength;
    if (bytes > MAX_UPLOAD_BYTES) {
      throw new AppError(
        "too_large",
        "The file is larger than 512 MB: pack it with gzip, or use `npm run labels:import`.",
      );
    }
    yield chunk;
  }
}
