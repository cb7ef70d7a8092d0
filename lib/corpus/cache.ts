import { createHash, type Hash } from "node:crypto";
import { mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { AppError, systemErrorCode } from "#lib/errors";
import { replaceFile } from "#lib/files";
import type { PackedCorpus, SplitCorpus } from "./corpus";

/**
 * The token cache, one file a corpus:
 *
 *   "MLXTOK01"                          8 bytes, names and versions the format
 *   length of the header                uint32
 *   header                              JSON, see below
 *   for train, then heldOut:
 *     segments                          uint32 [4 × count]
 *     tokens                            uint16 [sequences × contextSize]
 *   sha256 of all of the above          32 bytes
 *
 * Numbers are little-endian, as they are in memory on every machine that
 * onnxruntime runs on.
 */
const MAGIC = "MLXTOK01";
const CHUNK = 1 << 26;

const splitSchema = z.object({
  name: z.string(),
  hash: z.string(),
  contextSize: z.int().positive(),
  sequences: z.int().nonnegative(),
  segments: z.int().nonnegative(),
  /** Pairs of title and source; a document's id is its place. */
  documents: z.array(z.tuple([z.string(), z.string()])),
});
const headerSchema = z.object({ train: splitSchema, heldOut: splitSchema });
type SplitHeader = z.infer<typeof splitSchema>;

/** Writes a corpus whole or not at all. */
export async function writeCache(
  file: string,
  corpus: SplitCorpus,
): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await replaceFile(file, async (handle) => {
      const hash = createHash("sha256");
      const header = Buffer.from(
        JSON.stringify({
          train: headerOf(corpus.train),
          heldOut: headerOf(corpus.heldOut),
        }),
      );
      const start = Buffer.alloc(MAGIC.length + 4);
      start.write(MAGIC, "latin1");
      start.writeUInt32LE(header.length, MAGIC.length);
      await append(handle, hash, start);
      await append(handle, hash, header);
      for (const { segments, tokens } of [corpus.train, corpus.heldOut]) {
        const numbers = new Uint32Array(4 * segments.length);
        segments.forEach((s, i) => {
          numbers.set(
            [s.sequence, s.start, s.document, s.documentOffset],
            4 * i,
          );
        });
        await append(handle, hash, bytesOf(numbers));
        await append(handle, hash, bytesOf(tokens));
      }
      await handle.writeFile(hash.digest());
    });
  } catch (error) {
    if (systemErrorCode(error) !== "ENOSPC") throw error;
    throw new AppError(
      "disk_full",
      `The disk is full: the tokens of the corpus (${file}) could not be written; free some space or set DATA_DIR to another disk.`,
      { cause: error },
    );
  }
}

/** Reads a corpus back; undefined if there is none or the file is damaged. */
export async function readCache(
  file: string,
): Promise<SplitCorpus | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(file, "r");
  } catch {
    return undefined;
  }
  try {
    const { size } = await handle.stat();
    const hash = createHash("sha256");
    const start = await take(handle, hash, MAGIC.length + 4, size);
    if (start.toString("latin1", 0, MAGIC.length) !== MAGIC) return undefined;
    const headerBytes = start.readUInt32LE(MAGIC.length);
    const header = headerSchema.parse(
      JSON.parse((await take(handle, hash, headerBytes, size)).toString()),
    );
    const train = await readSplit(handle, hash, header.train, size);
    const heldOut = await readSplit(handle, hash, header.heldOut, size);
    const sum = hash.digest();
    const stored = await take(handle, undefined, sum.length, size);
    return stored.equals(sum) ? { train, heldOut } : undefined;
  } catch {
    // Cut short, overwritten or unreadable: the caller makes it anew.
    return undefined;
  } finally {
    await handle.close();
  }
}

function headerOf(corpus: PackedCorpus): SplitHeader {
  const { name, hash, contextSize, sequences, segments, documents } = corpus;
  return {
    name,
    hash,
    contextSize,
    sequences,
    segments: segments.length,
    documents: documents.map(({ title, source }) => [title, source]),
  };
}

async function readSplit(
  handle: FileHandle,
  hash: Hash,
  header: SplitHeader,
  size: number,
): Promise<PackedCorpus> {
  const { name, contextSize, sequences } = header;
  const segmentBytes = await take(handle, hash, 16 * header.segments, size);
  const tokenBytes = await take(
    handle,
    hash,
    2 * sequences * contextSize,
    size,
  );
  const numbers = new Uint32Array(segmentBytes.buffer);
  return {
    name,
    hash: header.hash,
    contextSize,
    sequences,
    tokens: new Uint16Array(tokenBytes.buffer),
    documents: header.documents.map(([title, source], id) => ({
      id,
      title,
      source,
    })),
    segments: Array.from({ length: header.segments }, (_, i) => ({
      sequence: numbers[4 * i]!,
      start: numbers[4 * i + 1]!,
      document: numbers[4 * i + 2]!,
      documentOffset: numbers[4 * i + 3]!,
    })),
  };
}

async function append(
  handle: FileHandle,
  hash: Hash,
  bytes: Uint8Array,
): Promise<void> {
  for (let from = 0; from < bytes.length; from += CHUNK) {
    const part = bytes.subarray(from, from + CHUNK);
    hash.update(part);
    await handle.writeFile(part);
  }
}

/** Reads exactly `length` bytes into memory of their own, or throws. */
async function take(
  handle: FileHandle,
  hash: Hash | undefined,
  length: number,
  size: number,
): Promise<Buffer> {
  // A damaged length must not make us ask for more memory than there is file.
  if (length > size) throw new Error("The file is shorter than it says.");
  const bytes = Buffer.from(new ArrayBuffer(length));
  for (let from = 0; from < length;) {
    const wanted = Math.min(CHUNK, length - from);
    const { bytesRead } = await handle.read(bytes, from, wanted);
    if (bytesRead === 0) throw new Error("The file is cut short.");
    hash?.update(bytes.subarray(from, from + bytesRead));
    from += bytesRead;
  }
  return bytes;
}

function bytesOf(array: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
