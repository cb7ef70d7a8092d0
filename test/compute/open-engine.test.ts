import { describe, expect, it } from "vitest";
import {
  onnxEngine,
  openEngine,
  type CompiledGraph,
  type Engine,
  type Tensor,
} from "#lib/compute/index";
import { selfTest } from "#lib/compute/self-test";
import { AppError } from "#lib/errors";

const onnx = onnxEngine({ threads: 1 });

/** An engine that is onnx but for what it does to results. */
function distorted(distort: (out: Tensor) => void): Engine {
  const wrap = (graph: CompiledGraph): CompiledGraph => ({
    async run(feeds, into) {
      const results = await graph.run(feeds, into);
      for (const out of Object.values(results)) distort(out);
      return results;
    },
    dispose: () => graph.dispose(),
  });
  return {
    name: "tfjs",
    device: "distorted",
    compileGraph: async (...args) => wrap(await onnx.compileGraph(...args)),
    dispose: () => onnx.dispose(),
  };
}

/** A clock that advances by the next of these, over and over. */
function clock(...steps: number[]): () => number {
  let time = 0;
  let i = 0;
  return () => (time += steps[i++ % steps.length]!);
}

describe("openEngine", () => {
  it("opens what was asked for and says where it runs", async () => {
    const { engine } = await openEngine("onnx", { threads: 1 });
    expect([engine.name, engine.device]).toEqual(["onnx", "cpu, 1 thread"]);
    const wasm = await openEngine("tfjs", { device: "wasm" });
    expect([wasm.engine.name, wasm.engine.device]).toEqual(["tfjs", "wasm"]);
    expect(wasm.reason).toBe("It was asked for.");
  });

  it("chooses with a reason that is a sentence", async () => {
    const { engine, reason } = await openEngine("auto", { threads: 1 });
    expect(reason).toMatch(/^[A-Z].*\.$/);
    if (engine.name === "onnx") expect(engine.device).toBe("cpu, 1 thread");
    else expect(reason).toMatch(/times the speed of the CPU/);
    await engine.dispose();
  });

  it("refuses a device where it has no meaning", async () => {
    for (const choice of ["auto", "onnx"] as const) {
      await expect(openEngine(choice, { device: "gpu" })).rejects.toThrow(
        "--device gpu says where the tfjs engine runs; give --engine tfjs with it.",
      );
    }
  });

  it("says in one sentence that a device cannot be had", async () => {
    const error = await openEngine("tfjs", { device: "gpu" }).then(
      ({ engine }) => engine,
      (reason: unknown) => reason,
    );
    // A machine with a CUDA device opens it.
    if (!(error instanceof AppError)) {
      expect((error as Engine).device).toBe("tensorflow gpu");
      return;
    }
    expect(error.code).toBe("unavailable");
    expect(error.message).toMatch(/^TensorFlow\.js cannot run on gpu: .*\.$/);
    expect(error.message).not.toContain("\n");
  });
});

describe("the self-test", () => {
  it("measures the median time of one engine against another's", async () => {
    // Reads before and after each of three runs: 30 ms each, then 10 ms each.
    const steps = [
      ...Array.from({ length: 3 }, () => [1, 30]).flat(),
      ...Array.from({ length: 3 }, () => [1, 10]).flat(),
    ];
    const result = await selfTest(onnx, onnx, clock(...steps));
    expect(result).toEqual({ agrees: true, speedup: 3 });
  });

  it("notices one wrong number", async () => {
    const wrong = distorted(({ data }) => {
      (data as Float32Array)[12345]! *= 1.5;
      (data as Float32Array)[12345]! += 1;
    });
    const { agrees } = await selfTest(wrong, onnx, clock(1));
    expect(agrees).toBe(false);
  });

  it("notices a number that is none", async () => {
    const wrong = distorted(({ data }) => {
      (data as Float32Array)[7] = NaN;
    });
    const { agrees } = await selfTest(wrong, onnx, clock(1));
    expect(agrees).toBe(false);
  });
});
