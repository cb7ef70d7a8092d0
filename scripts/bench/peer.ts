import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A Python that has torch, and the environment it is fastest in. */
export interface Peer {
  file: string;
  env: NodeJS.ProcessEnv;
}

/** Prints the shared libraries that a product of torch's runs in. */
const LIBRARIES = `
import torch
torch.ones(64, 64) @ torch.ones(64, 64)
try:
    print(*{line.split()[-1] for line in open("/proc/self/maps")})
except OSError:
    print(torch.__config__.show())
`;

/**
 * The first Python that imports torch; null if there is none. One whose torch
 * computes with netlib's reference BLAS does not count: it is tens of times
 * slower than torch is, and the comparison would flatter us.
 *
 * @param say told why a Python with torch was passed over.
 */
export async function findPeer(
  say: (line: string) => void,
): Promise<Peer | null> {
  const env = await fastestEnvironment();
  for (const file of ["python3", "/usr/bin/python3"]) {
    try {
      const { stdout } = await run(file, ["-c", LIBRARIES], { env });
      if (!isReferenceBlas(stdout)) return { file, env };
      say(
        `PyTorch of ${file} has no fast BLAS; install OpenBLAS (on Debian libopenblas0-pthread) to compare with it.`,
      );
    } catch {
      // Not there, or without torch: the next one may do.
    }
  }
  return null;
}

/**
 * Whether one of these paths is netlib's libblas: the others that go by that
 * name lie in a folder of their own (`openblas-pthread/libblas.so.3`).
 */
export function isReferenceBlas(libraries: string): boolean {
  return libraries
    .split(/\s+/)
    .some(
      (path) =>
        /\/libblas\.so/.test(path) && !/openblas|mkl|blis|atlas/i.test(path),
    );
}

/** Runs a script on a job; it prints its result as one line of JSON. */
export async function runPeer(
  peer: Peer,
  script: string,
  job: object,
): Promise<unknown> {
  const args = [`scripts/bench/${script}`, JSON.stringify(job)];
  const { stdout } = await run(peer.file, args, { env: peer.env });
  return JSON.parse(stdout);
}

/**
 * The same for one of our own scripts, in a process of its own.
 *
 * @param env what its environment has besides ours.
 */
export async function runOwn(
  script: string,
  job: object,
  env: Record<string, string> = {},
): Promise<unknown> {
  const path = `scripts/bench/${script}`;
  const args = ["--import", "tsx", path, JSON.stringify(job)];
  const { stdout } = await run(process.execPath, args, {
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout);
}

/** A script and what it is told. */
export interface Task {
  script: string;
  job: object;
}

/**
 * Runs ours and the peer's by turns, each time in a new process, so that noise
 * meets both. `peer` of the result is null where there is no peer.
 */
export async function byTurns(
  peer: Peer | null,
  repetitions: number,
  ours: Task,
  theirs: Task,
): Promise<{ own: unknown[]; peer: unknown[] | null }> {
  const results = { own: [] as unknown[], peer: [] as unknown[] };
  for (let i = 0; i < repetitions; i++) {
    results.own.push(await runOwn(ours.script, ours.job));
    if (peer !== null) {
      results.peer.push(await runPeer(peer, theirs.script, theirs.job));
    }
  }
  return peer === null ? { ...results, peer: null } : results;
}

/** OpenBLAS with its widest kernels, and a malloc that keeps what it has. */
async function fastestEnvironment(): Promise<NodeJS.ProcessEnv> {
  const cpu = await readFile("/proc/cpuinfo", "utf8").catch(() => "");
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    OPENBLAS_CORETYPE: cpu.includes("avx512f") ? "SKYLAKEX" : "HASWELL",
    OMP_NUM_THREADS: String(availableParallelism()),
    MALLOC_MMAP_MAX_: "0",
    MALLOC_TRIM_THRESHOLD_: "100000000000",
    MALLOC_TOP_PAD_: "268435456",
  };
  delete env.OPENBLAS_L2_SIZE;
  return env;
}
