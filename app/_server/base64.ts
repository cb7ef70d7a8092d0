/** The bytes of a column; the machines this runs on are little endian. */
export function base64(values: Uint32Array | Float32Array): string {
  const { buffer, byteOffset, byteLength } = values;
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString(
    "base64",
  );
}
