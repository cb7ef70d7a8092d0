import { describe, expect, it } from "vitest";
import { EngineError } from "#lib/compute/index";
import { engineRequest, withEngine } from "../../scripts/_steps/engine";
import type { StepUi } from "../../scripts/_steps/console";

/** Collects what is said; the steps here draw no bar. */
function listener(): { ui: StepUi; said: string[] } {
  const said: string[] = [];
  return {
    said,
    ui: {
      say: (line = "") => said.push(line),
      progress: () => {
        throw new Error("no bar expected");
      },
      signal: new AbortController().signal,
    },
  };
}

const wasm = {
  engine: { choice: "tfjs", device: "wasm" } as const,
  threads: 1,
};

describe("withEngine", () => {
  it("says which engine works and why", async () => {
    const { ui, said } = listener();
    const record = await withEngine(wasm, ui, (engine, record) => {
      expect(engine.device).toBe("wasm");
      return Promise.resolve(record);
    });
    expect(record).toEqual({
      name: "tfjs",
      device: "wasm",
      reason: "It was asked for.",
    });
    expect(said).toEqual(["engine   tfjs (wasm): It was asked for."]);
  });

  it("goes on with onnx when a device fails on the way", async () => {
    const { ui, said } = listener();
    const used = await withEngine(wasm, ui, (engine, { reason }) => {
      if (engine.name === "tfjs") {
        throw new EngineError(engine.device, new Error("out of memory"));
      }
      return Promise.resolve(`${engine.device}: ${reason}`);
    });
    expect(used).toBe("cpu, 1 thread: The wasm device failed on the way.");
    expect(said).toEqual([
      "engine   tfjs (wasm): It was asked for.",
      "engine   The tfjs engine (wasm) failed: out of memory.",
      "engine   onnx (cpu, 1 thread): The wasm device failed on the way.",
    ]);
  });

  it("does not hide other errors", async () => {
    const { ui } = listener();
    const work = () => Promise.reject(new Error("the disk is gone"));
    await expect(withEngine(wasm, ui, work)).rejects.toThrow(
      "the disk is gone",
    );
  });

  it("takes its request from the options", () => {
    expect(engineRequest({ engine: "auto", device: undefined })).toEqual({
      choice: "auto",
    });
    expect(engineRequest({ engine: "tfjs", device: "webgpu" })).toEqual({
      choice: "tfjs",
      device: "webgpu",
    });
  });
});
