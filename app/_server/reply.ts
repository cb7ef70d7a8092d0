/** An answer that is all there: what a `Response` is made of. */
export interface Reply {
  status: number;
  headers: Headers;
  body: Uint8Array<ArrayBuffer> | null;
}

/** Several times as fast as `Buffer.from` where a text is long. */
export function bytesOf(text: string): Buffer<ArrayBuffer> {
  // A UTF-16 unit has three bytes at most.
  const bytes = Buffer.allocUnsafeSlow(3 * text.length);
  return bytes.subarray(0, bytes.write(text));
}

export function asResponse({ body, status, headers }: Reply): Response {
  return new Response(body, { status, headers });
}
