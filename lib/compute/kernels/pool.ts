import { readFile } from "node:fs/promises";
import type { Worker } from "node:worker_threads";
import { AppError, systemErrorCode } from "#lib/errors";
import { Arena } from "./arena";
import { startWorker } from "./worker";

/** Kernels that work on a range [from, to) and so can be shared out. */
const KERNELS = [
  "reconstructRows",
  "sumRows",
  "updateLatents",
  "gatherLatents",
  "applyLatents",
  "average",
  "rowNorms",
] as const;
export type RangeKernel = (typeof KERNELS)[number];

type Kernel = (...args: number[]) => number;
type Exports = Record<RangeKernel | "buildColumns" | "adam", Kernel>;

const MAX_ARGS = 24;

/** Words of the control block: a job's number, how many workers finished it. */
const GENERATION = 0;
const FINISHED = 1;
const FAILED = 2;
/** Per thread: kernel number, argument count, arguments…, then the result. */
const SLOT = MAX_ARGS + 3;

/** One call takes milliseconds: a thread that is silent so long is lost. */
const PATIENCE_MS = 120_000;

// A worker says that it is ready, sleeps until the generation moves, runs its slot, and reports.
// It is plain JavaScript text so that no loader stands between it and Node.
const WORKER = `
const { parentPort, workerData } = require("node:worker_threads");
const { wasm, memory, control, slots, thread, kernels, slotSize } = workerData;
const { exports } = new WebAssembly.Instance(wasm, { env: { memory } });
const slot = slots.subarray(thread * slotSize, (thread + 1) * slotSize);
parentPort.postMessage("ready");
for (let seen = 0; ; ) {
  Atomics.wait(control, ${GENERATION}, seen);
  const now = Atomics.load(control, ${GENERATION});
  // The notice of a job that was seen before it came: there is nothing to do.
  if (now === seen) continue;
  seen = now;
  if (seen < 0) break;
  try {
    const args = Array.from(slot.subarray(2, 2 + slot[1]));
    slot[slotSize - 1] = exports[kernels[slot[0]]](...args) ?? 0;
  } catch {
    Atomics.store(control, ${FAILED}, 1);
  }
  Atomics.add(control, ${FINISHED}, 1);
  Atomics.notify(control, ${FINISHED});
}
`;

/**
 * The WebAssembly kernels, run by this thread and `threads − 1` workers on one
 * shared memory. Calls are synchronous: the work of one call is a few
 * milliseconds, and nothing else may touch the memory meanwhile.
 */
export class KernelPool {
  /** Why no call can be answered any more, once that is so. */
  private broken: string | null = null;

  private constructor(
    readonly arena: Arena,
    readonly threads: number,
    /** The kernels themselves, for what runs on one thread. */
    readonly kernels: Exports,
    private readonly control: Int32Array,
    private readonly slots: Float64Array,
    private readonly workers: readonly Worker[],
    private readonly patienceMs: number,
  ) {
    for (const worker of workers) {
      worker.once("exit", () => (this.broken ??= "a worker thread has ended"));
    }
  }

  /**
   * With SIMD where the processor has it; slower, but right, where not.
   * @param patienceMs after so long without an answer a thread is lost.
   * @throws AppError("unavailable") without kernels, or without the threads.
   */
  static async create(
    threads: number,
    patienceMs = PATIENCE_MS,
  ): Promise<KernelPool> {
    const arena = new Arena();
    const { memory } = arena;
    const simd = await readKernels("kernels");
    const wasm = await WebAssembly.compile(
      WebAssembly.validate(simd) ? simd : await readKernels("kernels-scalar"),
    );
    const instance = await WebAssembly.instantiate(wasm, { env: { memory } });
    const control = new Int32Array(new SharedArrayBuffer(3 * 4));
    const slots = new Float64Array(new SharedArrayBuffer(threads * SLOT * 8));
    const shared = { wasm, memory, control, slots };
    const constants = { kernels: KERNELS, slotSize: SLOT };
    const workers = await Promise.all(
      Array.from({ length: threads - 1 }, (_, i) =>
        startWorker(WORKER, { ...shared, ...constants, thread: i + 1 }),
      ),
    );
    return new KernelPool(
      arena,
      threads,
      instance.exports as unknown as Exports,
      control,
      slots,
      workers,
      patienceMs,
    );
  }

  /**
   * Calls `kernel(bounds[t], bounds[t + 1], ...args(t))` on every thread t at
   * once and returns the sum of the results. `bounds` has threads + 1 entries.
   * @throws AppError("unavailable") when a thread is lost: the pool is spent.
   */
  run(
    kernel: RangeKernel,
    bounds: readonly number[],
    args: (thread: number) => readonly number[],
  ): number {
    const { control, slots, threads } = this;
    if (this.broken !== null) throw lost(this.broken);
    for (let thread = 1; thread < threads; thread++) {
      const own = args(thread);
      const slot = thread * SLOT;
      slots[slot] = KERNELS.indexOf(kernel);
      slots[slot + 1] = own.length + 2;
      slots[slot + 2] = bounds[thread]!;
      slots[slot + 3] = bounds[thread + 1]!;
      slots.set(own, slot + 4);
    }
    Atomics.store(control, FINISHED, 0);
    Atomics.add(control, GENERATION, 1);
    Atomics.notify(control, GENERATION);
    let sum = this.kernels[kernel](bounds[0]!, bounds[1]!, ...args(0)) || 0;
    this.awaitWorkers();
    if (Atomics.load(control, FAILED) !== 0) {
      throw new Error(`The kernel ${kernel} trapped in a worker thread.`);
    }
    for (let thread = 1; thread < threads; thread++) {
      sum += slots[(thread + 1) * SLOT - 1]!;
    }
    return sum;
  }

  /** Blocks until every worker has finished its share, but not for ever. */
  private awaitWorkers(): void {
    const { control, threads, patienceMs } = this;
    for (;;) {
      const finished = Atomics.load(control, FINISHED);
      if (finished === threads - 1) return;
      const woken = Atomics.wait(control, FINISHED, finished, patienceMs);
      if (woken === "timed-out") {
        this.broken = `${threads - 1 - finished} of ${threads - 1} worker threads were silent for ${patienceMs / 1000} s`;
        throw lost(this.broken);
      }
    }
  }

  /** Equal shares of [0, count) for `run`. */
  evenBounds(count: number): number[] {
    return Array.from({ length: this.threads + 1 }, (_, thread) =>
      Math.floor((count * thread) / this.threads),
    );
  }

  async dispose(): Promise<void> {
    this.broken ??= "it was disposed of";
    Atomics.store(this.control, GENERATION, -1);
    Atomics.notify(this.control, GENERATION);
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

function lost(reason: string): AppError {
  return new AppError(
    "unavailable",
    `The CPU engine's threads cannot go on: ${reason}. Start again; a training run continues from its checkpoint.`,
  );
}

async function readKernels(name: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(
      await readFile(new URL(`./build/${name}.wasm`, import.meta.url)),
    );
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") throw error;
    throw new AppError(
      "unavailable",
      "The training kernels are not built: run `npm install` (with development packages), or `node scripts/build-kernels.mjs`.",
      { cause: error },
    );
  }
}
