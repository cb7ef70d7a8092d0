// The production server: web-server.mjs HOST PORT. Requests go to Next, but
// for those that app/_server/direct-reads.ts answers itself.
import { createServer } from "node:http";
// Next looks at it while it is loaded.
process.env.NODE_ENV = "production";
const { default: next } = await import("next");

const [host, port] = process.argv.slice(2);
const DIRECT_READS = Symbol.for("monolex.directReads");
/** Requests that are being answered have so long when the server stops. */
const GRACE_MS = 2000;

const app = next({ dev: false, hostname: host, port: Number(port) });
const byNext = app.getRequestHandler();
await app.prepare();

const server = createServer((request, response) => {
  // Next runs instrumentation.ts, which sets it, when it is ready to.
  if (globalThis[DIRECT_READS]?.(request, response)) return;
  byNext(request, response).catch((error) => {
    console.error(request.url, error);
    response.statusCode = 500;
    response.end("Internal Server Error");
  });
});
server.on("error", (error) => {
  console.error(error);
  process.exit(1);
});
server.listen(Number(port), host);

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    // Live streams never end by themselves.
    setTimeout(() => process.exit(0), GRACE_MS).unref();
  });
}
