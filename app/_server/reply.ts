/** An answer that is all there: what a `Response` is made of. */
export interface Reply {
  status: number;
  headers: Headers;
  body: Uint8Array<ArrayBuffer> | null;
}

export function asResponse({ body, status, headers }: Reply): Response {
  return new Response(body, { status, headers });
}
