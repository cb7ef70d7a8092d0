import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { AppError } from "#lib/errors";

export interface Line {
  text: string;
  /** From 1. */
  number: number;
}

/** Longer lines are no text, and would not fit into a string at some point. */
const LONGEST_LINE = 1 << 28;
const NEWLINE = 0x0a;

/**
 * Reads a UTF-8 file line by line (without the line ends, a byte order mark at
 * the start skipped), holding one line and one chunk in memory.
 * @throws AppError("invalid") naming line and byte where it is not UTF-8.
 */
export async function* readLines(
  file: string,
  label: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Line> {
  let number = 0;
  let offset = 0; // of the current line's first byte
  let pending: Buffer[] = [];
  let pendingLength = 0;

  const take = (bytes: Buffer): Line => {
    number++;
    if (!isUtf8(bytes)) {
      const at = offset + firstInvalidByte(bytes);
      throw new AppError(
        "invalid",
        `${label} is not UTF-8 text: line ${String(number)} has an invalid byte (byte ${String(at)} of the file); convert the file to UTF-8.`,
      );
    }
    offset += bytes.length + 1;
    let text = bytes.toString("utf8");
    if (number === 1 && text.startsWith("\ufeff")) text = text.slice(1);
    if (text.endsWith("\r")) text = text.slice(0, -1);
    return { text, number };
  };

  const stream = createReadStream(file, { highWaterMark: 1 << 18 });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    onBytes(chunk.length);
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, from);
      if (end < 0) break;
      const rest = chunk.subarray(from, end);
      yield take(pending.length ? Buffer.concat([...pending, rest]) : rest);
      pending = [];
      pendingLength = 0;
      from = end + 1;
    }
    pending.push(chunk.subarray(from));
    pendingLength += chunk.length - from;
    if (pendingLength > LONGEST_LINE) {
      throw new AppError(
        "invalid",
        `${label} has a line of more than ${String(LONGEST_LINE >> 20)} MB (line ${String(number + 1)}); break it into documents, one a line.`,
      );
    }
  }
  if (pendingLength > 0) yield take(Buffer.concat(pending));
}

/** Position of the first byte that is in no valid UTF-8 character. */
function firstInvalidByte(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at]!;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (!isUtf8(bytes.subarray(at, at + length))) return at;
    at += length;
  }
  return at;
}
