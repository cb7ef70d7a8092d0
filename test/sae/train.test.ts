import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { AppError } from "#lib/errors";
import {
  createEncoder,
  decode,
  loadSae,
  readMetrics,
  trainSae,
  type TrainingConfig,
  type TrainOptions,
  ARCHITECTURES,
} from "#lib/sae/index";
import {
  PLANTED_IDENTITY,
  plantedSource,
  SMALL_RUN,
  smallRunConfig,
} from "./planted-source";

const folders: string[] = [];
async function folder() {
  const path = await mkdtemp(join(tmpdir(), "monolex-train-"));
  folders.push(path);
  return path;
}
afterEach(async () => {
  for (const path of folders.splice(0)) await rm(path, { recursive: true });
});

const source = plantedSource(SMALL_RUN.source);

function train(
  path: string,
  change: Partial<TrainingConfig> = {},
  options: Partial<TrainOptions> = {},
) {
  return trainSae({
    config: smallRunConfig(change),
    identity: PLANTED_IDENTITY,
    source,
    folder: path,
    threads: 2,
    ...options,
  });
}

const weights = (path: string) =>
  readFile(join(path, "sae_weights.safetensors"));

/** FVU and L0 of the saved SAE on fresh data from the same source. */
async function measure(path: string): Promise<{ fvu: number; l0: number }> {
  const sae = await loadSae(path);
  const encoder = await createEncoder(sae);
  const rows = 2000;
  const x = new Float32Array(rows * sae.config.dIn);
  await source.read(
    Uint32Array.from(
      { length: rows / SMALL_RUN.source.rows },
      (_, i) => 1000 + i,
    ),
    x,
  );
  const code = await encoder.encode(x, rows);
  const xHat = decode(sae, code);
  await encoder.dispose();
  const d = sae.config.dIn;
  const mean = new Float64Array(d);
  x.forEach((v, i) => (mean[i % d]! += v / rows));
  let error = 0;
  let variance = 0;
  for (let i = 0; i < x.length; i++) {
    error += (x[i]! - xHat[i]!) ** 2;
    variance += (x[i]! - mean[i % d]!) ** 2;
  }
  return { fvu: error / variance, l0: code.rowPtr[rows]! / rows };
}

describe("training", () => {
  it.each(ARCHITECTURES)("learns a planted dictionary: %s", async (name) => {
    const path = await folder();
    const outcome = await train(path, {
      architecture: name,
      epochs: 20,
      lr: 5e-3,
    });
    expect(outcome.status).toBe("finished");
    const { fvu, l0 } = await measure(path);
    const metrics = await readMetrics(join(path, "metrics.jsonl"));
    expect(fvu).toBeLessThan(0.25);
    expect(metrics.at(-1)!.fvu).toBeLessThan(metrics[0]!.fvu);
    expect(l0 / SMALL_RUN.k).toBeGreaterThan(0.7);
    expect(l0 / SMALL_RUN.k).toBeLessThan(1.3);
  });

  it("saves unit decoder rows and a folded scale: raw inputs are reconstructed", async () => {
    const path = await folder();
    await train(path);
    const sae = await loadSae(path);
    const { dIn } = sae.config;
    for (let i = 0; i < sae.config.dSae; i++) {
      const row = sae.W_dec.subarray(i * dIn, (i + 1) * dIn);
      expect(Math.hypot(...row)).toBeCloseTo(1, 5);
    }
    // The inputs' offset is 2 per dimension: b_dec must be in raw units.
    const mean = sae.b_dec.reduce((a, b) => a + b, 0) / dIn;
    expect(mean).toBeGreaterThan(1);
    expect(mean).toBeLessThan(3);
  });

  it.each(ARCHITECTURES)(
    "gives the same bytes when interrupted, in whatever places: %s",
    async (architecture) => {
      const change = { architecture, gradClip: 1, emaDecay: 0.9 };
      const whole = await folder();
      await train(whole, change);
      const parts = await folder();
      for (const stopAt of [1, 7, 10, 11, 60]) {
        const abort = new AbortController();
        const outcome = await train(parts, change, {
          signal: abort.signal,
          onStep: (_, step) => {
            if (step >= stopAt) abort.abort();
          },
        });
        expect(outcome).toEqual({ status: "interrupted", step: stopAt });
      }
      expect((await train(parts, change)).status).toBe("finished");
      expect((await weights(parts)).equals(await weights(whole))).toBe(true);
      expect(await readFile(join(parts, "metrics.jsonl"), "utf8")).toBe(
        await readFile(join(whole, "metrics.jsonl"), "utf8"),
      );
      expect(await readdir(parts)).not.toContain("checkpoint.safetensors");
    },
  );

  it("gives the same bytes after kill -9", async () => {
    const whole = await folder();
    await train(whole);
    const killed = await folder();
    let kills = 0;
    for (let attempt = 0; ; attempt++) {
      // Somewhere inside a step or a checkpoint, later each time.
      const finished = await runChild(killed, 10 + 17 * attempt, 3 * attempt);
      if (finished) break;
      kills++;
    }
    expect(kills).toBeGreaterThan(3);
    expect((await weights(killed)).equals(await weights(whole))).toBe(true);
  });

  it("depends on the seed", async () => {
    const [a, b] = [await folder(), await folder()];
    await train(a, { seed: 1, epochs: 1 });
    await train(b, { seed: 2, epochs: 1 });
    expect((await weights(a)).equals(await weights(b))).toBe(false);
  });

  it("does not continue another run's checkpoint", async () => {
    const path = await folder();
    const abort = new AbortController();
    abort.abort();
    await train(path, {}, { signal: abort.signal });
    await expect(train(path, { lr: 1e-4 })).rejects.toThrow(
      /belongs to a run with another configuration/,
    );
  });

  it.each([
    ["more latents asked for than there are", { k: 49 }, /k = 49 is more than/],
    ["k of zero", { k: 0 }, /k must be a whole number/],
    [
      "a ReLU SAE without a sparsity penalty",
      { architecture: "relu_l1" as const, sparsityCoefficient: 0 },
      /sparsity coefficient/,
    ],
    ["a learning rate of zero", { lr: 0 }, /learning rate/],
    ["a window smaller than a batch", { bufferTokens: 10 }, /shuffle window/],
    [
      "a text too short for a batch",
      { batchSize: 5000, bufferTokens: 5000 },
      /fewer tokens/,
    ],
  ])("refuses %s", async (_, change, message) => {
    const path = await folder();
    const failure = train(path, change);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toBeInstanceOf(AppError);
    expect(await readdir(path)).toEqual([]);
  });

  it("never runs an SAE of an architecture it does not know", async () => {
    const path = await folder();
    await train(path, { epochs: 1 });
    const file = join(path, "cfg.json");
    const cfg = JSON.parse(await readFile(file, "utf8")) as object;
    const as = (architecture: string) =>
      writeFile(file, JSON.stringify({ ...cfg, architecture }));
    await as("transcoder");
    await expect(loadSae(path)).rejects.toThrow(/architecture "transcoder"/);
    // Trained as one thing, said to be another: refused, not run as plain ReLU.
    await as("standard");
    await expect(loadSae(path)).rejects.toThrow(/trained as "topk"/);
    await writeFile(file, JSON.stringify({ ...cfg, k: undefined }));
    await expect(loadSae(path)).rejects.toThrow(/without k/);
  });
});

/** Runs the child until `steps` lines came, waits, kills it; true if it ended. */
function runChild(path: string, steps: number, waitMs: number) {
  return new Promise<boolean>((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "test/sae/train-child.ts", path],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    let lines = 0;
    child.stdout.on("data", (chunk: Buffer) => {
      lines += chunk.toString().split("\n").length - 1;
      if (lines >= steps) setTimeout(() => child.kill("SIGKILL"), waitMs);
    });
    child.on("exit", (code) => {
      if (code !== null && code !== 0) reject(new Error(`exit code ${code}`));
      else resolve(code === 0);
    });
  });
}
