import { closeSync, openSync, readSync } from "node:fs";
import { AppError } from "#lib/errors";
import { halfTable } from "./half";
import { readSafetensorsHeader } from "./safetensors";

const BYTES: Record<string, number> = { F32: 4, F16: 2, BF16: 2 };

/**
 * Reads `count` elements of one tensor, from element `first` on, every
 * `stride`-th: a row of a large matrix, or a column, without the matrix.
 *
 * @throws AppError when the file or the tensor is not there, is of another
 *   type, or has no such elements.
 */
export async function readSafetensorsElements(
  file: string,
  name: string,
  { first, stride, count }: { first: number; stride: number; count: number },
): Promise<Float32Array> {
  const { tensors, dataStart } = await readSafetensorsHeader(file);
  const entry = tensors[name];
  const bytes = entry && BYTES[entry.dtype];
  if (entry === undefined || bytes === undefined) {
    throw new AppError(
      "invalid",
      `${file} has no tensor "${name}" of type F32, F16 or BF16.`,
    );
  }
  const [start, end] = entry.data_offsets;
  const last = first + (count - 1) * stride;
  if (first < 0 || last >= (end - start) / bytes) {
    throw new AppError(
      "invalid",
      `${file}: tensor "${name}" has no element ${last}.`,
    );
  }
  const raw = Buffer.alloc(count * bytes);
  const descriptor = openSync(file, "r");
  try {
    // One read where elements are neighbours, else one an element.
    const run = stride === 1 ? count : 1;
    for (let i = 0; i < count; i += run) {
      const at = dataStart + start + (first + i * stride) * bytes;
      const read = readSync(descriptor, raw, i * bytes, run * bytes, at);
      if (read !== run * bytes) throw new Error(`${file} shrank.`);
    }
  } finally {
    closeSync(descriptor);
  }
  return Float32Array.from({ length: count }, (_, i) => {
    if (entry.dtype === "F32") return raw.readFloatLE(i * 4);
    const half = raw.readUInt16LE(i * 2);
    if (entry.dtype === "F16") return halfTable()[half]!;
    return new Float32Array(Uint32Array.of(half << 16).buffer)[0]!;
  });
}
