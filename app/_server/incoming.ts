import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { settings } from "#lib/config";
import { isLoopback } from "#lib/loopback";

/**
 * What only the socket knows, handed on as headers. They are set on every
 * request before anything reads it, so a client cannot send its own.
 */
export const INCOMING = {
  /** Address of who asks. */
  address: "x-monolex-address",
  /** "1" when it came from this machine, to this machine, by no proxy. */
  local: "x-monolex-local",
  /** Path and query. */
  path: "x-monolex-path",
} as const;

const FORWARDED = ["forwarded", "via", "x-forwarded-for", "x-real-ip"];

/** From now on every request of this process's web servers is described. */
export function describeIncoming(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    Object.assign(request.headers, incomingHeaders(request));
  });
}

type Incoming = Pick<IncomingMessage, "headers" | "url"> & {
  socket: Pick<IncomingMessage["socket"], "remoteAddress" | "localAddress">;
};

/** The headers of `INCOMING` for a request. */
export function incomingHeaders(
  { headers, url = "/", socket }: Incoming,
  { proxies }: { proxies: number } = settings(),
): Record<string, string> {
  const { remoteAddress = "", localAddress = "" } = socket;
  // Each proxy adds whom it got the request from at the end; what is further
  // left than our own proxies wrote may be invented.
  const hops = String(headers["x-forwarded-for"] ?? "")
    .split(",")
    .map((hop) => hop.trim())
    .filter((hop) => hop !== "")
    .concat(remoteAddress);
  const address = hops[Math.max(0, hops.length - 1 - proxies)]!;
  const local =
    isLoopback(remoteAddress) &&
    isLoopback(localAddress) &&
    FORWARDED.every((name) => headers[name] === undefined);
  return {
    [INCOMING.address]: address.slice(0, 100),
    [INCOMING.local]: local ? "1" : "0",
    [INCOMING.path]: url.startsWith("/") ? url : "/",
  };
}
