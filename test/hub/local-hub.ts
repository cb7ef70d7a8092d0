import { createHash } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { HubSettings } from "#lib/hub/index";

export interface LocalHub {
  settings: HubSettings;
  /** Requests as "METHOD path [range]". */
  log: string[];
  /** authorization headers by path kind: "hub" or "cdn". */
  tokens: { hub: (string | undefined)[]; cdn: (string | undefined)[] };
  close(): Promise<void>;
}

interface Behaviour {
  /** Break the first transfer of this file after so many bytes. */
  breakAfter?: { file: string; bytes: number };
  /** What it calls its commit; null: it says nothing. */
  commit?: string | null;
  /** Serve this file with another content than its checksum says. */
  corrupt?: string;
}

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const LARGE = 2000;

/**
 * A server on the loopback interface that speaks the hub's addresses: large
 * files are redirected to another origin, as its content network is.
 */
export async function startLocalHub(
  cacheDir: string,
  files: Record<string, Buffer>,
  behaviour: Behaviour = {},
): Promise<LocalHub> {
  const log: string[] = [];
  const tokens: LocalHub["tokens"] = { hub: [], cdn: [] };
  let broken = false;

  const send = (
    request: IncomingMessage,
    response: ServerResponse,
    key: string,
  ) => {
    let content = files[key]!;
    if (behaviour.corrupt === key) content = Buffer.alloc(content.length, 1);
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? "");
    const from = range === null ? 0 : Number(range[1]);
    const part = content.subarray(from);
    response.writeHead(range === null ? 200 : 206, {
      "content-length": part.length,
    });
    const { breakAfter } = behaviour;
    if (!broken && breakAfter?.file === key) {
      broken = true;
      response.write(part.subarray(0, breakAfter.bytes), () => {
        // Once the bytes are on their way, not before.
        setTimeout(() => response.destroy(), 50);
      });
      return;
    }
    response.end(part);
  };

  const cdn = createServer((request, response) => {
    log.push(describe(request));
    tokens.cdn.push(request.headers.authorization);
    send(request, response, decodeURIComponent(request.url!.slice(1)));
  });
  const cdnPort = await listen(cdn);

  const hub = createServer((request, response) => {
    log.push(describe(request));
    tokens.hub.push(request.headers.authorization);
    const url = decodeURIComponent(request.url!);
    const listing = /^\/api\/datasets\/(.+)\/revision\/main$/.exec(url);
    if (listing !== null) {
      const prefix = `datasets/${listing[1]}/`;
      const siblings = Object.keys(files)
        .filter((key) => key.startsWith(prefix))
        .map((key) => ({ rfilename: key.slice(prefix.length) }));
      response.writeHead(siblings.length > 0 ? 200 : 404);
      response.end(JSON.stringify({ siblings }));
      return;
    }
    const key = url.slice(1).replace("/resolve/main/", "/");
    if (url.startsWith("/old-name/")) {
      response.writeHead(307, {
        location: url.replace("/old-name/", "/org/new-name/"),
      });
      response.end();
      return;
    }
    const content = files[key];
    if (content === undefined) {
      response.writeHead(404);
      response.end();
      return;
    }
    const commit = behaviour.commit === undefined ? COMMIT : behaviour.commit;
    if (commit !== null) response.setHeader("x-repo-commit", commit);
    if (content.length > LARGE) {
      const sha256 = createHash("sha256").update(content).digest("hex");
      response.writeHead(302, {
        "x-linked-etag": `"${sha256}"`,
        "x-linked-size": content.length,
        location: `http://127.0.0.1:${cdnPort}/${encodeURIComponent(key)}`,
      });
      response.end();
      return;
    }
    const sha1 = createHash("sha1")
      .update(`blob ${content.length}\0`)
      .update(content)
      .digest("hex");
    response.setHeader("etag", `"${sha1}"`);
    if (request.method === "HEAD") {
      response.writeHead(200, { "content-length": content.length });
      response.end();
    } else {
      send(request, response, key);
    }
  });
  const hubPort = await listen(hub);
  return {
    settings: {
      endpoint: `http://127.0.0.1:${hubPort}`,
      cacheDir,
      offline: false,
      token: "secret",
      retryMs: [1, 1],
    },
    log,
    tokens,
    close: async () => {
      for (const server of [hub, cdn]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

function describe(request: IncomingMessage): string {
  const path = decodeURIComponent(request.url!);
  return [request.method, path, request.headers.range]
    .filter(Boolean)
    .join(" ");
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}
