import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { securityHeaders } from "#lib/security-headers";
import { apiRoutes } from "./api-routes";
import type { Reply } from "./reply";
import type { RouteHandler } from "./route";
import { findRoute, routeTree } from "./route-tree";

/** Answers a request and says so, or leaves it to Next. */
type DirectReads = (
  request: IncomingMessage,
  response: ServerResponse,
) => boolean;

/** Where scripts/_steps/web-server.mjs, which is no part of the build, looks. */
const KEY = Symbol.for("monolex.directReads");
const shared = globalThis as { [KEY]?: DirectReads };

/** No answer of the API stands in another site's frame. */
const SECURITY = securityHeaders("'self'");

const compress = promisify(gzip);
/** Shorter answers fit into a packet or two anyway. */
const COMPRESS_FROM = 1024;

/**
 * From now on the API's reads are answered by their handlers themselves: Next
 * takes longer to bring a request to its handler, and the answer back, than
 * most handlers take (docs/decisions/020). What is no plain GET of JSON is left
 * to Next, and so is everything where there is only Next, as in development.
 */
export async function openDirectReads(): Promise<void> {
  shared[KEY] = await directReads();
}

/** Exported for its test. */
export async function directReads(): Promise<DirectReads> {
  const routes = await apiRoutes();
  const tree = routeTree(
    routes.flatMap(({ method, path, handler: { reply } }) =>
      method === "GET" && reply ? [{ path, value: reply }] : [],
    ),
  );
  return (request, response) => {
    if (request.method !== "GET") return false;
    const { url = "" } = request;
    const found = findRoute(tree, url.split("?", 1)[0]!);
    if (!found) return false;
    answer(request, response, found.value, found.params).catch(
      (error: unknown) => {
        // Handlers answer their own failures; this one is of sending.
        console.error(url, error);
        response.destroy();
      },
    );
    return true;
  };
}

async function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  reply: NonNullable<RouteHandler["reply"]>,
  params: Record<string, string>,
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  const request = new Request(`http://localhost${incoming.url}`, {
    headers: incoming.headers as Record<string, string>,
    signal: gone.signal,
  });
  await send(incoming, response, await reply(request, params));
}

async function send(
  { headers: asked }: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Reply,
): Promise<void> {
  for (const { key, value } of SECURITY) response.setHeader(key, value);
  response.setHeader("vary", "accept-encoding");
  for (const [name, value] of headers) response.appendHeader(name, value);
  response.statusCode = status;
  if (body === null) {
    response.end();
    return;
  }
  const zip =
    body.byteLength >= COMPRESS_FROM &&
    /\bgzip\b/.test(String(asked["accept-encoding"] ?? ""));
  const bytes = zip ? await compress(body, { level: 1 }) : body;
  if (zip) response.setHeader("content-encoding", "gzip");
  response.setHeader("content-length", bytes.byteLength);
  response.end(bytes);
}
