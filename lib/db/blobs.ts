import { endianness } from "node:os";

/*
 * Typed arrays as SQLite BLOBs: their little-endian bytes. The machines this
 * runs on are little endian; on another one the bytes are swapped.
 */
const SWAP = endianness() === "BE";

export function toBlob(
  values: Uint16Array | Uint32Array | Float32Array | Float64Array,
): Buffer {
  const bytes = Buffer.from(
    values.buffer as ArrayBuffer,
    values.byteOffset,
    values.byteLength,
  );
  return SWAP ? swap(Buffer.from(bytes), values.BYTES_PER_ELEMENT) : bytes;
}

export function uint16From(blob: Buffer): Uint16Array {
  return new Uint16Array(aligned(blob, 2));
}

export function uint32From(blob: Buffer): Uint32Array {
  return new Uint32Array(aligned(blob, 4));
}

export function float32From(blob: Buffer): Float32Array {
  return new Float32Array(aligned(blob, 4));
}

export function float64From(blob: Buffer): Float64Array {
  return new Float64Array(aligned(blob, 8));
}

/** A copy of the bytes, in a buffer of their own (a BLOB may lie unaligned). */
function aligned(blob: Buffer, bytesPerElement: number): ArrayBuffer {
  const copy = new Uint8Array(blob.byteLength);
  copy.set(blob);
  if (SWAP) swap(Buffer.from(copy.buffer), bytesPerElement);
  return copy.buffer;
}

function swap(bytes: Buffer, bytesPerElement: number): Buffer {
  switch (bytesPerElement) {
    case 2:
      return bytes.swap16();
    case 4:
      return bytes.swap32();
    default:
      return bytes.swap64();
  }
}
