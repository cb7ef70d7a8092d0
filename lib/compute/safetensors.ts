import { open, type FileHandle } from "node:fs/promises";
import { AppError, systemErrorCode } from "#lib/errors";
import { replaceFile } from "#lib/files";
import { halfTable } from "./half";

/** Bytes that a float16 or bfloat16 tensor is staged in while it is widened. */
const STAGING_BYTES = 4 << 20;
/** The format's own limit on the header. */
const MAX_HEADER_BYTES = 100_000_000;

const ELEMENT_BYTES = { F32: 4, F16: 2, BF16: 2 } as const;
type Dtype = keyof typeof ELEMENT_BYTES;

interface TensorEntry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/** What the head of a safetensors file says. */
export interface SafetensorsHeader {
  metadata: Record<string, string>;
  tensors: Record<string, TensorEntry>;
  /** Where the data section begins in the file. */
  dataStart: number;
}

export interface Safetensors<Name extends string> {
  metadata: Record<string, string>;
  tensors: Record<Name, Float32Array>;
}

/**
 * Reads the named tensors, widened to float32, each straight from the file
 * into its own array: nothing is held twice.
 *
 * @param shapes the tensors wanted, with the shape each must have.
 * @throws AppError when the file is missing, truncated, malformed, lacks a
 *   tensor, has one of another shape or type, or holds NaN or infinity.
 */
export async function readSafetensors<Name extends string>(
  file: string,
  shapes: Record<Name, readonly number[]>,
): Promise<Safetensors<Name>> {
  const handle = await openForReading(file);
  try {
    const header = await readHeader(handle, file);
    const tensors: Record<string, Float32Array> = {};
    for (const name of Object.keys(shapes) as Name[]) {
      const entry = header.tensors[name];
      if (entry === undefined) {
        throw new AppError("invalid", `${file} has no tensor "${name}".`);
      }
      const shape = shapes[name];
      if (entry.shape.join() !== shape.join()) {
        throw new AppError(
          "invalid",
          `${file}: tensor "${name}" has shape [${entry.shape.join(", ")}], expected [${shape.join(", ")}].`,
        );
      }
      tensors[name] = await readTensor(handle, file, name, entry, header);
    }
    return {
      metadata: header.metadata,
      tensors: tensors as Record<Name, Float32Array>,
    };
  } finally {
    await handle.close();
  }
}

/** Reads only the header: names, types and shapes of what is inside. */
export async function readSafetensorsHeader(
  file: string,
): Promise<SafetensorsHeader> {
  const handle = await openForReading(file);
  try {
    return await readHeader(handle, file);
  } finally {
    await handle.close();
  }
}

/**
 * Writes tensors, whole or not at all (temporary, flush, rename): float32, or
 * float16 as the bit patterns that `toHalf` makes.
 */
export async function writeSafetensors(
  file: string,
  tensors: Record<
    string,
    { data: Float32Array | Uint16Array; shape: readonly number[] }
  >,
  metadata: Record<string, string> = {},
): Promise<void> {
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata;
  let offset = 0;
  for (const [name, { data, shape }] of Object.entries(tensors)) {
    const end = offset + data.byteLength;
    const dtype: Dtype = data instanceof Float32Array ? "F32" : "F16";
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  // Spaces pad the header so that the data begins on an 8-byte boundary.
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.alloc(Math.ceil(json.length / 8) * 8, " ");
  json.copy(padded);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  await replaceFile(file, async (handle) => {
    await writeAll(handle, length);
    await writeAll(handle, padded);
    for (const { data } of Object.values(tensors)) {
      await writeAll(
        handle,
        Buffer.from(data.buffer, data.byteOffset, data.byteLength),
      );
    }
  });
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += (await handle.write(bytes, done)).bytesWritten;
  }
}

async function openForReading(file: string): Promise<FileHandle> {
  try {
    return await open(file, "r");
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") throw error;
    throw new AppError("not_found", `There is no file ${file}.`, {
      cause: error,
    });
  }
}

async function readHeader(
  handle: FileHandle,
  file: string,
): Promise<SafetensorsHeader> {
  const corrupt = (what: string) =>
    new AppError(
      "invalid",
      `${file} is not a whole safetensors file (${what}): fetch or write it again.`,
    );
  const { size } = await handle.stat();
  if (size < 8) throw corrupt(`${size} bytes long`);
  const prefix = await readExactly(handle, Buffer.alloc(8), 0);
  const length = Number(prefix.readBigUInt64LE());
  if (length > MAX_HEADER_BYTES || 8 + length > size) {
    throw corrupt("its header is cut off");
  }
  const text = await readExactly(handle, Buffer.alloc(length), 8);
  let json: unknown;
  try {
    json = JSON.parse(text.toString("utf8"));
  } catch {
    throw corrupt("its header is not JSON");
  }
  if (typeof json !== "object" || json === null) {
    throw corrupt("its header is not an object");
  }
  const dataStart = 8 + length;
  const tensors: Record<string, TensorEntry> = {};
  let metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(json)) {
    if (name === "__metadata__") {
      metadata = value as Record<string, string>;
      continue;
    }
    if (!isEntry(value)) throw corrupt(`tensor "${name}" is not described`);
    if (dataStart + value.data_offsets[1] > size) {
      throw corrupt(`it ends inside tensor "${name}"`);
    }
    tensors[name] = value;
  }
  return { metadata, tensors, dataStart };
}

function isEntry(value: unknown): value is TensorEntry {
  if (typeof value !== "object" || value === null) return false;
  const { dtype, shape, data_offsets: offsets } = value as Partial<TensorEntry>;
  const whole = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0;
  return (
    typeof dtype === "string" &&
    Array.isArray(shape) &&
    shape.every(whole) &&
    Array.isArray(offsets) &&
    offsets.length === 2 &&
    offsets.every(whole) &&
    offsets[0] <= offsets[1]
  );
}

async function readTensor(
  handle: FileHandle,
  file: string,
  name: string,
  entry: TensorEntry,
  header: SafetensorsHeader,
): Promise<Float32Array> {
  if (!(entry.dtype in ELEMENT_BYTES)) {
    throw new AppError(
      "invalid",
      `${file}: tensor "${name}" is of type ${entry.dtype}; F32, F16 and BF16 are read.`,
    );
  }
  const dtype = entry.dtype as Dtype;
  const count = entry.shape.reduce((a, b) => a * b, 1);
  const [start, end] = entry.data_offsets;
  if (end - start !== count * ELEMENT_BYTES[dtype]) {
    throw new AppError(
      "invalid",
      `${file}: tensor "${name}" has ${end - start} bytes for ${count} ${dtype} numbers.`,
    );
  }
  const out = new Float32Array(count);
  const at = header.dataStart + start;
  if (dtype === "F32") {
    await readExactly(handle, Buffer.from(out.buffer), at);
  } else {
    await readHalves(handle, at, dtype, out);
  }
  checkFinite(out, file, name);
  return out;
}

/** Reads 16-bit floats through a small staging buffer and widens them. */
async function readHalves(
  handle: FileHandle,
  at: number,
  dtype: "F16" | "BF16",
  out: Float32Array,
): Promise<void> {
  const staging = new Uint16Array(Math.min(out.length, STAGING_BYTES / 2));
  const bits = new Uint32Array(out.buffer);
  const table = dtype === "F16" ? halfTable() : null;
  for (let done = 0; done < out.length;) {
    const count = Math.min(staging.length, out.length - done);
    await readExactly(
      handle,
      Buffer.from(staging.buffer, 0, count * 2),
      at + done * 2,
    );
    for (let i = 0; i < count; i++) {
      const half = staging[i]!;
      if (table === null) bits[done + i] = half << 16;
      else out[done + i] = table[half]!;
    }
    done += count;
  }
}

function checkFinite(values: Float32Array, file: string, name: string): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]!)) {
      throw new AppError(
        "invalid",
        `${file}: tensor "${name}" holds ${values[i]} at element ${i}: the weights are damaged.`,
      );
    }
  }
}

async function readExactly(
  handle: FileHandle,
  target: Buffer,
  position: number,
): Promise<Buffer> {
  for (let done = 0; done < target.length;) {
    const { bytesRead } = await handle.read(
      target,
      done,
      target.length - done,
      position + done,
    );
    if (bytesRead === 0) throw new Error("The file shrank while it was read.");
    done += bytesRead;
  }
  return target;
}
