import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;

const API = join(import.meta.dirname, "../../app/api");

/** Folders with a route.ts, "saes/[sae]/points" …; fixed names first. */
const routes = readdirSync(API, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("/route.ts"))
  .map((file) => dirname(file))
  // "[" comes after "Z" but before "a" in code order; "~" after both.
  .map((folder) => ({ folder, key: folder.replaceAll("[", "~") }))
  .sort((a, b) => (a.key < b.key ? -1 : 1))
  .map(({ folder }) => folder);

export interface Answer {
  status: number;
  body: unknown;
}

/** As app/_server/incoming says of a request from this machine itself. */
export const LOCAL = {
  "x-monolex-local": "1",
  "x-monolex-address": "127.0.0.1",
};

/**
 * Calls a route handler as the web server would, without the server: finds it
 * by its folder, "/api" left off the path.
 */
export async function call(
  method: string,
  path: string,
  init: CallInit = {},
): Promise<Answer> {
  const response = await fetchRoute(method, path, init);
  return { status: response.status, body: await response.json() };
}

export interface CallInit {
  json?: unknown;
  body?: BodyInit;
  headers?: Record<string, string>;
}

/** `call` for those who look at the headers of the answer too. */
export async function fetchRoute(
  method: string,
  path: string,
  init: CallInit = {},
): Promise<Response> {
  const url = new URL(`http://localhost:3000/api${path}`);
  const body = "json" in init ? JSON.stringify(init.json) : init.body;
  const request = new Request(url, {
    method,
    headers: {
      host: "localhost:3000",
      ...LOCAL,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...init.headers,
    },
    ...(body === undefined ? {} : { body, duplex: "half" }),
  } as RequestInit);
  const { folder, params } = match(url.pathname.slice("/api/".length));
  const handlers = (await import(join(API, folder, "route.ts"))) as Record<
    string,
    Handler
  >;
  const handler = handlers[method];
  if (!handler) throw new Error(`${folder} does not answer ${method}.`);
  return handler(request, { params: Promise.resolve(params) });
}

function match(path: string) {
  const parts = path.split("/").map(decodeURIComponent);
  for (const folder of routes) {
    const names = folder.split("/");
    const params: Record<string, string> = {};
    const fits =
      names.length === parts.length &&
      names.every((name, i) => {
        const param = /^\[(.+)\]$/.exec(name)?.[1];
        if (param === undefined) return name === parts[i];
        params[param] = parts[i]!;
        return true;
      });
    if (fits) return { folder, params };
  }
  throw new Error(`No route answers ${path}.`);
}
