import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { AppError } from "#lib/errors";

/** Far more than a busy machine needs to start a thread. */
const START_MS = 60_000;

/**
 * Starts a worker thread and waits for its first message, which says that it
 * is ready. Whoever waits for its work without a running event loop, as the
 * kernels do, would never hear that it had failed to start.
 * @param source the worker's program, plain CommonJS.
 * @returns the worker, which does not keep the process alive.
 * @throws AppError("unavailable") when it fails, ends or is silent instead.
 */
export async function startWorker(
  source: string,
  workerData: object,
  startMs = START_MS,
): Promise<Worker> {
  const worker = new Worker(source, { eval: true, execArgv: [], workerData });
  const ended = once(worker, "exit").then(() => {
    throw new Error("it ended at once");
  });
  try {
    // Rejects with the worker's own error, if it has one.
    const signal = AbortSignal.timeout(startMs);
    await Promise.race([once(worker, "message", { signal }), ended]);
  } catch (error) {
    await worker.terminate();
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError(
      "unavailable",
      `A worker thread of the CPU engine did not start (${reason}); --threads 1 needs none.`,
      { cause: error },
    );
  }
  worker.unref();
  return worker;
}
