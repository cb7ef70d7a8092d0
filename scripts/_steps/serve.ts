import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { AppError, systemErrorCode } from "#lib/errors";
import { NEXT } from "./build";
import type { StepUi } from "./console";

export interface ServeRequest {
  host: string;
  port: number;
  /** Next's development server instead of the production build. */
  dev: boolean;
  /** Settings that this server has besides those of this process. */
  env?: Record<string, string>;
}

/** What Node runs as the production server. */
export function productionServer(host: string, port: number): string[] {
  return [join("scripts", "_steps", "web-server.mjs"), host, String(port)];
}

const READY_POLL_MS = 100;
const READY_TIMEOUT_MS = 60_000;

/**
 * Serves the web app until the signal aborts; calls `onReady` with its address
 * once it answers.
 *
 * @throws AppError when the port is taken or the server stops by itself.
 */
export async function runServe(
  request: ServeRequest,
  ui: StepUi,
  onReady: (address: string) => void,
): Promise<void> {
  await checkPort(request);
  const { host, port, dev, env } = request;
  const child = spawn(
    process.execPath,
    dev
      ? [NEXT, "dev", "-p", String(port), "-H", host]
      : productionServer(host, port),
    {
      stdio: dev ? "inherit" : ["ignore", "ignore", "inherit"],
      // Who has to log in depends on the host.
      env: {
        ...process.env,
        ...env,
        HOST: host,
        NEXT_TELEMETRY_DISABLED: "1",
      },
    },
  );
  const stop = () => child.kill("SIGTERM");
  ui.signal.addEventListener("abort", stop, { once: true });
  const ended = untilEnd(child);
  try {
    const address = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
    await Promise.race([
      untilReady(address).then(() => {
        onReady(address);
      }),
      ended,
    ]);
    const code = await ended;
    if (!ui.signal.aborted) {
      throw new AppError(
        "internal",
        `The web server stopped with exit code ${code}.`,
      );
    }
  } finally {
    stop();
  }
}

/** Taken ports are reported before anything is started. */
export async function checkPort({
  host,
  port,
}: Pick<ServeRequest, "host" | "port">): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen({ port, host, exclusive: true }, () => {
      probe.close(() => {
        resolve();
      });
    });
  }).catch((error: unknown) => {
    const code = systemErrorCode(error);
    if (code === "EADDRINUSE") {
      throw new AppError(
        "conflict",
        `Port ${port} is in use: stop what runs there, or choose another with --port.`,
      );
    }
    if (code === "EACCES") {
      throw new AppError(
        "invalid",
        `Port ${port} needs more rights than this user has: choose one above 1023 with --port.`,
      );
    }
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
      throw new AppError(
        "invalid",
        `${host} is not an address of this machine: choose another with --host.`,
      );
    }
    throw error;
  });
}

function untilEnd(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => {
      resolve(code);
    });
  });
}

/** @throws AppError "unavailable" when it does not answer in time. */
export async function untilReady(address: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const response = await fetch(`${address}/api/me`).catch(() => null);
    if (response?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
  }
  throw new AppError(
    "unavailable",
    `The web server did not answer within ${READY_TIMEOUT_MS / 1000} s.`,
  );
}
