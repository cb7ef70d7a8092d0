import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { AppError, type ErrorCode } from "#lib/errors";
import type { LensKey } from "./engine";
import type { Order, Reply, WorkAnswer, WorkName, WorkRequest } from "./work";

/** More requests than this do not wait for their turn. */
const MAX_WAITING = 16;
/** A process that says nothing for so long is ended. */
const SILENCE_MS = 300_000;

interface Waiting {
  resolve: (answer: never) => void;
  reject: (error: unknown) => void;
}

/**
 * Models and SAEs in a process of their own, started at the first request and
 * again after it ended. ONNX Runtime computes on the thread that calls it: in
 * the server's own process a text would stop all pages meanwhile. Requests
 * are answered one at a time, in order.
 */
export class LensProcess {
  private child: ChildProcess | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private tail: Promise<unknown> = Promise.resolve();
  private queued = 0;
  private nextId = 0;

  /** Requests handed in and not yet answered. */
  get load(): number {
    return this.queued;
  }

  /**
   * Has work done with the lens of `key`.
   *
   * @param signal a request that is withdrawn before its turn is not done.
   * @throws AppError "rate_limited" when too many wait, "unavailable" when the
   *   process ends, and what the work throws.
   */
  async ask<N extends WorkName>(
    name: N,
    key: LensKey,
    request: WorkRequest<N>,
    signal?: AbortSignal,
  ): Promise<WorkAnswer<N>> {
    if (this.queued >= MAX_WAITING) {
      throw new AppError(
        "rate_limited",
        "Too many texts are waiting for the model; try again in a moment.",
      );
    }
    this.queued++;
    const turn = this.tail.then(() => {
      if (signal?.aborted === true) {
        throw new AppError("bad_request", "The request was withdrawn.");
      }
      return this.send({ id: this.nextId++, name, key, request });
    });
    this.tail = turn.catch(() => undefined);
    try {
      return (await turn) as WorkAnswer<N>;
    } finally {
      this.queued--;
    }
  }

  /** Ends the process; the next request starts another. */
  stop(): void {
    this.child?.kill("SIGKILL");
  }

  private async send(order: Order): Promise<WorkAnswer<WorkName>> {
    const child = (this.child ??= this.start());
    child.ref();
    child.channel?.ref();
    const silence = setTimeout(() => child.kill("SIGKILL"), SILENCE_MS);
    try {
      return await new Promise((resolve, reject) => {
        this.waiting.set(order.id, { resolve, reject });
        child.send(order, (error) => {
          if (error) reject(ended());
        });
      });
    } finally {
      clearTimeout(silence);
      this.waiting.delete(order.id);
      // A program that has nothing else to do may end.
      child.unref();
      child.channel?.unref();
    }
  }

  private start(): ChildProcess {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", join(process.cwd(), "lib", "lens", "child.ts")],
      {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
        // Typed arrays cross as they are.
        serialization: "advanced",
      },
    );
    child.on("message", (reply: Reply) => {
      const waiting = this.waiting.get(reply.id);
      if (waiting === undefined) return;
      if ("answer" in reply) waiting.resolve(reply.answer as never);
      else waiting.reject(errorOf(reply));
    });
    const forget = () => {
      if (this.child === child) this.child = undefined;
      for (const { reject } of this.waiting.values()) reject(ended());
    };
    child.once("error", forget);
    child.once("exit", forget);
    return child;
  }
}

function errorOf(reply: Exclude<Reply, { answer: unknown }>): Error {
  if ("failure" in reply) return new Error(reply.failure);
  const { code, message, details } = reply.refusal;
  return new AppError(code as ErrorCode, message, { details });
}

function ended(): AppError {
  return new AppError(
    "unavailable",
    "The process that runs the model ended, perhaps for want of memory; try again, or a shorter text.",
  );
}
