import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { AppError, systemErrorCode } from "#lib/errors";

/** A line of a file, or what a CSV file's quotes make one of several. */
export interface FileRecord {
  /** Of its first line, from 1. */
  line: number;
  text: string;
}

/** A record that cannot be used, and why. */
export interface BadRecord {
  line: number;
  problem: string;
}

/** A longer record is no label: it is left out without being kept. */
export const MAX_RECORD_BYTES = 1 << 20;
/** Unpacked: a small gzip file may hold any number of zeros. */
const MAX_FILE_BYTES = 2 ** 31;

const [NEWLINE, QUOTE] = [0x0a, 0x22];

/** Whether a file is CSV: lines of JSON begin with a brace. */
export async function isCsv(file: string): Promise<boolean> {
  for await (const chunk of await bytesOf(file)) {
    const [first] =
      /[^\s\ufeff]/.exec(chunk.subarray(0, 4096).toString()) ?? [];
    return first !== "{";
  }
  return false;
}

/**
 * The records of a file, plain or gzip, one at a time: memory does not grow
 * with the file.
 *
 * @param quoted line ends within double quotes end no record (CSV).
 * @throws AppError "invalid" for a gzip file that is not whole; "too_large".
 */
export async function* recordsOf(
  file: string,
  quoted: boolean,
): AsyncGenerator<FileRecord | BadRecord> {
  const splitter = new Splitter(quoted);
  for await (const chunk of await bytesOf(file)) yield* splitter.split(chunk);
  yield* splitter.end();
}

async function bytesOf(file: string): Promise<AsyncIterable<Buffer>> {
  const handle = await open(file);
  const magic = Buffer.alloc(2);
  await handle.read(magic, 0, 2, 0);
  await handle.close();
  const packed = magic[0] === 0x1f && magic[1] === 0x8b;
  return limited(file, packed);
}

async function* limited(file: string, packed: boolean): AsyncGenerator<Buffer> {
  const plain = createReadStream(file);
  const stream = packed
    ? pipeline(plain, createGunzip(), () => undefined)
    : plain;
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      if (bytes > MAX_FILE_BYTES) {
        throw new AppError("too_large", "The file is larger than 2 GB.");
      }
      yield chunk;
    }
  } catch (error) {
    const code = systemErrorCode(error) ?? "";
    if (!code.startsWith("Z_") && code !== "ERR_STREAM_PREMATURE_CLOSE") {
      throw error;
    }
    throw new AppError("invalid", "The gzip file is damaged or not whole.", {
      cause: error,
    });
  } finally {
    plain.destroy();
  }
}

/** Cuts bytes into records, whatever chunks they come in. */
class Splitter {
  private parts: Buffer[] = [];
  private bytes = 0;
  private inQuotes = false;
  /** The line being read, and that the record began on. */
  private line = 1;
  private began = 1;
  private readonly decoder = new TextDecoder("utf-8", { fatal: true });

  constructor(private readonly quoted: boolean) {}

  *split(chunk: Buffer): Generator<FileRecord | BadRecord> {
    let from = 0;
    for (;;) {
      const end = this.endOfLine(chunk, from);
      this.keep(chunk.subarray(from, end < 0 ? undefined : end));
      if (end < 0) return;
      from = end + 1;
      this.line++;
      if (this.inQuotes && this.bytes <= MAX_RECORD_BYTES) {
        this.keep(chunk.subarray(end, from));
        continue;
      }
      yield* this.finish();
    }
  }

  *end(): Generator<FileRecord | BadRecord> {
    if (this.inQuotes) {
      yield { line: this.began, problem: "A quotation mark is never closed." };
    } else yield* this.finish();
  }

  private endOfLine(chunk: Buffer, from: number): number {
    const end = chunk.indexOf(NEWLINE, from);
    if (!this.quoted) return end;
    const until = end < 0 ? chunk.byteLength : end;
    let quote = chunk.indexOf(QUOTE, from);
    while (quote >= 0 && quote < until) {
      this.inQuotes = !this.inQuotes;
      quote = chunk.indexOf(QUOTE, quote + 1);
    }
    return end;
  }

  private keep(part: Buffer): void {
    this.bytes += part.byteLength;
    if (this.bytes <= MAX_RECORD_BYTES) this.parts.push(part);
    else this.parts = [];
  }

  private *finish(): Generator<FileRecord | BadRecord> {
    const { parts, bytes, began: line } = this;
    this.parts = [];
    this.bytes = 0;
    this.inQuotes = false;
    this.began = this.line;
    if (bytes > MAX_RECORD_BYTES) {
      yield { line, problem: "The row is longer than 1 MB." };
      return;
    }
    let text: string;
    try {
      // A byte order mark is left out.
      text = this.decoder.decode(Buffer.concat(parts));
    } catch {
      yield { line, problem: "The row is not in UTF-8." };
      return;
    }
    if (text.endsWith("\r")) text = text.slice(0, -1);
    if (text.trim() !== "") yield { line, text };
  }
}
