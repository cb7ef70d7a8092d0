/** The bytes of an array, as they are in memory. */
export function bytesOf(values: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** A file's bytes as numbers. */
export function toFloat32(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice().buffer);
}

/** A file's bytes as whole numbers. */
export function toInt32(bytes: Uint8Array): Int32Array {
  return new Int32Array(bytes.slice().buffer);
}
