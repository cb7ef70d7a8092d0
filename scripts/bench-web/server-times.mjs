// Loaded into the server by NODE_OPTIONS while it is measured: notes how long
// each request that carries an x-bench header takes inside the process, from
// its head being read to the last byte being handed to the system.
import { appendFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";

const FLUSH_MS = 50;
const file = join(
  process.env["MONOLEX_SERVER_TIMES"] ?? ".",
  `${process.pid}.txt`,
);
let lines = [];

const { emit } = http.Server.prototype;
http.Server.prototype.emit = function (event, ...rest) {
  const [request, response] = rest;
  const tag = event === "request" && request.headers["x-bench"];
  if (tag) {
    const began = performance.now();
    response.once("finish", () => {
      lines.push(`${tag} ${(performance.now() - began).toFixed(3)}\n`);
    });
  }
  return emit.call(this, event, ...rest);
};

setInterval(() => {
  if (lines.length === 0) return;
  appendFileSync(file, lines.join(""));
  lines = [];
}, FLUSH_MS).unref();
