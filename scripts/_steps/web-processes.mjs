// The production web server as several processes that share one port:
// web-processes.mjs COUNT, then what `next` is told. One that ends is replaced;
// when this process is told to end, all do.
import cluster from "node:cluster";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** One that ends sooner would only end again: the server gives up. */
const SOON_MS = 5000;

const [count = "1", ...args] = process.argv.slice(2);

if (cluster.isPrimary) {
  let ending = false;
  const end = (signal, code) => {
    ending = true;
    process.exitCode = code;
    for (const worker of Object.values(cluster.workers)) {
      worker.process.kill(signal);
    }
  };
  for (const signal of ["SIGTERM", "SIGINT"]) {
    process.on(signal, () => end(signal, 0));
  }
  const start = () => {
    const began = performance.now();
    cluster.fork().once("exit", (code) => {
      if (ending) return;
      if (performance.now() - began < SOON_MS) end("SIGTERM", code || 1);
      else start();
    });
  };
  for (let i = 0; i < Number(count); i++) start();
} else {
  const next = resolve(join("node_modules", "next", "dist", "bin", "next"));
  process.argv.splice(1, process.argv.length, next, ...args);
  await import(pathToFileURL(next).href);
}
