/**
 * A text in the address: short ones as they are, `?text=`, long ones compressed
 * behind the hash, `#z=`, which no server sees and no header limit cuts.
 */
const MAX_QUERY = 1_500;
/** A packed text that unpacks to more than this is nobody's text. */
const MAX_CHARS = 100_000;
const PACKED = /^#z=([\w-]+)$/;

/** Whether a text goes into the query string. */
export function fitsQuery(text: string): boolean {
  // URLSearchParams would quietly replace half of a surrogate pair.
  return text.isWellFormed() && encodeURIComponent(text).length <= MAX_QUERY;
}

/** The packed text of a hash, if it holds one. */
export function packedOf(hash: string): string | null {
  return PACKED.exec(hash)?.[1] ?? null;
}

export async function packText(text: string): Promise<string> {
  const bytes = await through(
    new TextEncoder().encode(text),
    new CompressionStream("deflate-raw"),
  );
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary)
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** @throws when it is no packed text, or one of absurd length. */
export async function unpackText(packed: string): Promise<string> {
  const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
  const text = await through(bytes, new DecompressionStream("deflate-raw"));
  return new TextDecoder("utf-8", { fatal: true }).decode(text);
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MAX_CHARS) {
      await reader.cancel();
      throw new RangeError("The packed text is too long.");
    }
    chunks.push(value);
  }
  const out = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}
