import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { AppError } from "#lib/errors";
import type { StepUi } from "../_steps/console";
import { runServe } from "../_steps/serve";

const HOST = "127.0.0.1";
/** Until what the server noted is surely in its file. */
const NOTED_MS = 150;

export interface MeasuredServer {
  address: string;
  /** Milliseconds each request under this tag took inside the server. */
  times(tag: string): Promise<number[]>;
}

/** Runs the production server, with a clock inside, while `work` runs. */
export async function withServer<T>(
  ui: StepUi,
  work: (server: MeasuredServer) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "monolex-times-"));
  const clock = pathToFileURL(resolve("scripts/bench-web/server-times.mjs"));
  const given = process.env["NODE_OPTIONS"];
  process.env["NODE_OPTIONS"] = `${given ?? ""} --import ${clock.href}`;
  process.env["MONOLEX_SERVER_TIMES"] = folder;
  const stop = new AbortController();
  const signal = AbortSignal.any([ui.signal, stop.signal]);
  try {
    const port = await freePort();
    return await new Promise<T>((done, failed) => {
      const serving = runServe(
        { host: HOST, port, dev: false },
        { ...ui, signal },
        (address) => {
          const times = (tag: string) => readTimes(folder, tag);
          work({ address, times })
            .then(done, failed)
            .finally(() => {
              stop.abort();
            });
        },
      );
      serving.then(() => {
        failed(new AppError("internal", "The web server stopped."));
      }, failed);
    });
  } finally {
    if (given === undefined) delete process.env["NODE_OPTIONS"];
    else process.env["NODE_OPTIONS"] = given;
    delete process.env["MONOLEX_SERVER_TIMES"];
    await rm(folder, { recursive: true, force: true });
  }
}

async function readTimes(folder: string, tag: string): Promise<number[]> {
  await new Promise((then) => setTimeout(then, NOTED_MS));
  const times: number[] = [];
  // One file a server process.
  for (const file of await readdir(folder)) {
    const text = await readFile(join(folder, file), "utf8");
    for (const line of text.split("\n")) {
      const [of, milliseconds] = line.split(" ");
      if (of === tag) times.push(Number(milliseconds));
    }
  }
  return times;
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, HOST, () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === "object" && address) resolvePort(address.port);
        else reject(new Error("no port"));
      });
    });
  });
}
