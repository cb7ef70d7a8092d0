/** Columns cross HTTP as base64 of their little-endian bytes. */
export function uint32Column(base64: string): Uint32Array {
  return new Uint32Array(bytes(base64));
}

export function float32Column(base64: string): Float32Array {
  return new Float32Array(bytes(base64));
}

export function uint16Column(base64: string): Uint16Array {
  return new Uint16Array(bytes(base64));
}

function bytes(base64: string): ArrayBuffer {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)).buffer;
}
