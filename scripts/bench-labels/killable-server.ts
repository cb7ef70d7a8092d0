import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { productionServer, untilReady } from "../_steps/serve";

const HOST = "127.0.0.1";

/** The production server of DATA_DIR, with log-in, to be killed at will. */
export class KillableServer {
  /** How often it was killed and started again. */
  restarts = 0;
  /** How long it was down each time, until it answered, in milliseconds. */
  readonly downMs: number[] = [];
  readonly address: string;
  private child: ChildProcess | undefined;

  constructor(private readonly port: number) {
    this.address = `http://${HOST}:${port}`;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, productionServer(HOST, this.port), {
      stdio: ["ignore", "ignore", "inherit"],
      // A process group of its own: all of it is killed.
      detached: true,
      env: {
        ...process.env,
        HOST,
        LOGIN: "required",
        NEXT_TELEMETRY_DISABLED: "1",
      },
    });
    this.child = child;
    await untilReady(this.address);
  }

  /** kill -9 in the middle of whatever it does, and a new one at once. */
  async killAndRestart(): Promise<void> {
    const began = performance.now();
    await this.end("SIGKILL");
    await this.start();
    this.downMs.push(performance.now() - began);
    this.restarts++;
  }

  stop(): Promise<void> {
    return this.end("SIGTERM");
  }

  private async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child?.pid === undefined || child.exitCode !== null) return;
    const ended = once(child, "exit");
    process.kill(-child.pid, signal);
    await ended;
  }
}
