import { afterAll, describe, expect, it } from "vitest";
import {
  EngineError,
  float32,
  GraphBuilder,
  onnxEngine,
  openEngine,
  type Engine,
} from "#lib/compute/index";
import { AppError } from "#lib/errors";
import { Gpt2 } from "#lib/gpt2/index";
import { createEncoder } from "#lib/sae/index";
import { expectClose } from "#test/tolerance";
import { normal, OPERATOR_CASES } from "./operator-cases";
import { randomSae } from "./random-sae";

/** Of float32, and of the few thousand roundings of a forward pass. */
const OPERATOR_TOLERANCE = 2e-5;
const MODEL_TOLERANCE = 1e-4;

const onnx = onnxEngine({ threads: 1 });

/** Every device; WebGPU may be missing, and then says why. */
const devices = await Promise.all(
  (["wasm", "cpu", "webgpu"] as const).map(async (device) => {
    try {
      const { engine } = await openEngine("tfjs", { device });
      return { device, engine, skipped: null };
    } catch (error) {
      if (!(error instanceof AppError) || device !== "webgpu") throw error;
      return { device, engine: null, skipped: error.message };
    }
  }),
);
afterAll(async () => {
  for (const { engine } of devices) await engine?.dispose();
});

for (const { device, engine, skipped } of devices) {
  if (engine === null) {
    it.skip(`tfjs on ${device}: ${skipped}`, () => undefined);
    continue;
  }
  describe(`tfjs on ${device}`, () => {
    it.each(OPERATOR_CASES)(
      `agrees with onnx on $name within ${OPERATOR_TOLERANCE}`,
      async ({ graph, feeds }) => {
        const expected = await runOnce(onnx, graph, feeds);
        const actual = await runOnce(engine, graph, feeds);
        for (const { name } of graph.outputs) {
          const [a, e] = [actual[name]!, expected[name]!];
          expect(a.dims).toEqual(e.dims);
          expect(a.type).toBe(e.type);
          if (e.type === "float32") {
            expectClose(
              a.data as Float32Array,
              e.data as Float32Array,
              OPERATOR_TOLERANCE,
            );
          } else expect(a.data).toEqual(e.data);
        }
      },
    );

    it(`runs mini-gpt2 as onnx does, within ${MODEL_TOLERANCE}`, async () => {
      const hook = "blocks.2.hook_resid_post";
      const tokens = Int32Array.from(
        { length: 16 },
        (_, i) => (i * 997) % 5000,
      );
      const [a, e] = await Promise.all(
        [engine, onnx].map(async (engine) => {
          const model = await Gpt2.load("models/mini-gpt2", { engine });
          const residual = await model.residual(tokens, 2, hook);
          const altered = residual.map((v) => 0.9 * v);
          const logits = await model.logits(tokens, 2);
          const losses = await model.compareFrom(
            residual,
            altered,
            tokens,
            2,
            hook,
          );
          await model.dispose();
          return { residual, logits, ...losses };
        }),
      );
      for (const key of ["residual", "logits"] as const) {
        expectClose(a![key], e![key], MODEL_TOLERANCE);
      }
      // In nats: KL is a small sum of 50,257 terms that nearly cancel.
      for (const key of ["ceReference", "ceAltered", "kl"] as const) {
        expectClose(a![key], e![key], MODEL_TOLERANCE, 1);
      }
    });

    it.each(["topk", "jumprelu", "gated", "relu_l1"] as const)(
      "encodes with %s as onnx does",
      async (architecture) => {
        const sae = randomSae(architecture);
        const rows = 40;
        const x = normal([rows, sae.config.dIn]).data as Float32Array;
        const [a, e] = await Promise.all(
          [engine, onnx].map(async (engine) => {
            const encoder = await createEncoder(sae, { engine });
            const code = await encoder.encode(x, rows);
            await encoder.dispose();
            return dense(code, sae.config.dSae);
          }),
        );
        expect(e!.some((v) => v > 0)).toBe(true);
        expectClose(a!, e!, OPERATOR_TOLERANCE);
      },
    );

    it("leaves no tensor behind", async () => {
      const tf = await import("@tensorflow/tfjs");
      const g = new GraphBuilder();
      const x = g.input("x", "float32", ["rows", 8]);
      const w = g.input("w", "float32", [8, 8]);
      const h = g.node("Relu", [g.node("MatMul", [x, w])]);
      g.output(g.node("Add", [h, g.scalar(1)]), "float32", ["rows", 8], "out");
      const feeds = { x: normal([4, 8]) };
      const constants = { w: normal([8, 8]) };
      const before = tf.memory().numTensors;
      const first = await engine.compileGraph(g, { constants });
      const second = await engine.compileGraph(g, { constants });
      const compiled = tf.memory().numTensors;
      for (let i = 0; i < 3; i++) {
        await Promise.all([first.run(feeds), second.run(feeds)]);
      }
      const wrong = { x: normal([4, 7]) };
      await expect(first.run(wrong)).rejects.toThrow(EngineError);
      await expect(first.run({})).rejects.toThrow("input x is not fed");
      expect(tf.memory().numTensors).toBe(compiled);
      await first.dispose();
      // What the two shared is still there for the other.
      const { out } = await second.run(feeds);
      const { out: expected } = await runOnce(onnx, g, {
        ...feeds,
        ...constants,
      });
      expectClose(
        out!.data as Float32Array,
        expected!.data as Float32Array,
        OPERATOR_TOLERANCE,
      );
      await second.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });

    it("holds a constant that graphs share once, and fills given arrays", async () => {
      const tf = await import("@tensorflow/tfjs");
      const g = new GraphBuilder();
      const x = g.input("x", "float32", [4]);
      const w = g.input("w", "float32", [4]);
      g.output(g.node("Add", [x, w]), "float32", [4], "out");
      const constants = { w: float32(Float32Array.of(1, 2, 3, 4), [4]) };
      const before = tf.memory().numDataBuffers;
      const graph = await engine.compileGraph(g, { constants });
      const other = await engine.compileGraph(g, { constants });
      expect(tf.memory().numDataBuffers).toBe(before + 1);
      const into = float32(new Float32Array(4), [4]);
      const feeds = { x: float32(Float32Array.of(1, 1, 1, 1), [4]) };
      const { out } = await graph.run(feeds, { out: into });
      expect(out).toBe(into);
      expect([...into.data]).toEqual([2, 3, 4, 5]);
      await graph.dispose();
      await other.dispose();
    });

    it("names an operator that it does not know when it compiles", async () => {
      const g = new GraphBuilder();
      const x = g.input("x", "float32", [4]);
      g.output(g.node("Erf", [x]), "float32", [4], "out");
      await expect(engine.compileGraph(g)).rejects.toThrow(
        "The tfjs engine does not know the operator Erf; use --engine onnx.",
      );
    });
  });
}

async function runOnce(
  engine: Engine,
  graph: GraphBuilder,
  feeds: Parameters<Awaited<ReturnType<Engine["compileGraph"]>>["run"]>[0],
) {
  const compiled = await engine.compileGraph(graph);
  try {
    return await compiled.run(feeds);
  } finally {
    await compiled.dispose();
  }
}

/** A sparse code as a matrix [rows × dSae]. */
function dense(
  code: {
    rows: number;
    rowPtr: Uint32Array;
    indices: Uint32Array;
    values: Float32Array;
  },
  dSae: number,
): Float32Array {
  const out = new Float32Array(code.rows * dSae);
  for (let row = 0; row < code.rows; row++) {
    for (let e = code.rowPtr[row]!; e < code.rowPtr[row + 1]!; e++) {
      out[row * dSae + code.indices[e]!] = code.values[e]!;
    }
  }
  return out;
}
