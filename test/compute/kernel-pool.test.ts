import { describe, expect, it } from "vitest";
import { KernelPool } from "#lib/compute/index";
import { startWorker } from "#lib/compute/kernels/worker";
import { AppError } from "#lib/errors";

const d = 5;
const rows = 12;

/** A pool with a matrix in its memory, and the norms of the matrix's rows. */
async function poolWithRows(threads: number, patienceMs?: number) {
  const pool = await KernelPool.create(threads, patienceMs);
  const matrix = pool.arena.float32(rows * d);
  const out = pool.arena.float32(rows);
  matrix.view.forEach((_, i) => (matrix.view[i] = i / 7));
  const norms = (): Float32Array => {
    pool.run("rowNorms", pool.evenBounds(rows), () => [
      d,
      matrix.pointer,
      out.pointer,
    ]);
    return out.view;
  };
  const expected = Array.from({ length: rows }, (_, row) =>
    Math.hypot(...matrix.view.subarray(row * d, (row + 1) * d)),
  );
  return { pool, norms, expected };
}

describe("the kernel pool", () => {
  it.each([1, 2, 5])("shares the work among %i threads", async (threads) => {
    const { pool, norms, expected } = await poolWithRows(threads);
    [...norms()].forEach((norm, row) => {
      expect(norm).toBeCloseTo(expected[row]!, 5);
    });
    await pool.dispose();
  });

  it("does a job once, however late its notice comes", async () => {
    const { pool, norms, expected } = await poolWithRows(3, 2000);
    for (let job = 0; job < 200; job++) {
      norms();
      // A thread may see the next job before it is woken for it.
      Atomics.notify(pool["control"], 0);
    }
    // None of them reports a job a second time meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(Atomics.load(pool["control"], 1)).toBe(2);
    expect(norms()[3]).toBeCloseTo(expected[3]!, 5);
    await pool.dispose();
  });

  it("refuses to run once it is disposed of", async () => {
    const { pool, norms } = await poolWithRows(2);
    await pool.dispose();
    expect(norms).toThrow(AppError);
    expect(norms).toThrow(/it was disposed of/);
  });

  it("says so, instead of waiting for ever, when a worker has ended", async () => {
    const { pool, norms } = await poolWithRows(3);
    await pool["workers"][1]!.terminate();
    expect(norms).toThrow(/a worker thread has ended/);
    await pool.dispose();
  });

  it("gives a silent worker up, and stays given up", async () => {
    const { pool, norms } = await poolWithRows(3, 100);
    // The event loop, which would report the end, does not run meanwhile.
    void pool["workers"][0]!.terminate();
    expect(norms).toThrow(/worker threads were silent for 0.1 s/);
    expect(norms).toThrow(/were silent/);
    await pool.dispose();
  });
});

describe("starting a worker", () => {
  it.each([
    ["fails", "throw new Error('no memory')", /no memory/],
    ["ends", "process.exit(3)", /it ended at once/],
    ["is silent", "setInterval(() => {}, 1000)", /did not start/],
  ])("refuses one that %s", async (_, source, message) => {
    const starting = startWorker(source, {}, 1000);
    await expect(starting).rejects.toThrow(message);
    await expect(starting).rejects.toBeInstanceOf(AppError);
  });
});
