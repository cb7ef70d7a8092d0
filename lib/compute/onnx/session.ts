import { availableParallelism } from "node:os";
import * as ort from "onnxruntime-node";
import type {
  CompiledGraph,
  CompileOptions,
  Engine,
} from "#lib/compute/engine";
import type { Tensor } from "#lib/compute/tensor";
import type { GraphBuilder } from "./graph";
import { modelBytes } from "./model-bytes";

export interface OnnxOptions {
  /** Threads of one operator; default: every core this process may use. */
  threads?: number;
}

/** ONNX Runtime on the CPU: the engine every machine has. */
export function onnxEngine(options: OnnxOptions = {}): Engine {
  const threads = options.threads ?? availableParallelism();
  return {
    name: "onnx",
    device: `cpu, ${threads} ${threads === 1 ? "thread" : "threads"}`,
    compileGraph: (graph, { constants } = {}) =>
      compileGraph(graph, {
        threads,
        ...(constants === undefined ? {} : { constants }),
      }),
    dispose: () => Promise.resolve(),
  };
}

/** Compiles a graph for ONNX Runtime. */
export async function compileGraph(
  graph: GraphBuilder,
  options: OnnxOptions & CompileOptions = {},
): Promise<CompiledGraph> {
  const session = await ort.InferenceSession.create(modelBytes(graph), {
    executionProviders: ["cpu"],
    graphOptimizationLevel: "all",
    executionMode: "sequential",
    intraOpNumThreads: options.threads ?? availableParallelism(),
    interOpNumThreads: 1,
    // Intermediate tensors are tens of megabytes: without the arena every run
    // would page-fault them in afresh (measured: 1.4 times slower).
    enableCpuMemArena: true,
    logSeverityLevel: 3,
  });
  const outputs = graph.outputs.map(({ name }) => name);
  // Feeding is free: ONNX Runtime reads the arrays where they are.
  const constants = toOrtAll(options.constants ?? {});
  return {
    async run(feeds, into = {}) {
      const fetches: Record<string, ort.Tensor | null> = {};
      for (const name of outputs) {
        const target = into[name];
        fetches[name] = target === undefined ? null : toOrt(target);
      }
      const results = await session.run(
        { ...constants, ...toOrtAll(feeds) },
        fetches,
      );
      const out: Record<string, Tensor> = {};
      for (const name of outputs) {
        const result = results[name]!;
        out[name] = into[name] ?? {
          type: result.type as Tensor["type"],
          data: result.data as Tensor["data"],
          dims: result.dims,
        };
      }
      return out;
    },
    dispose: () => session.release(),
  };
}

function toOrtAll(
  tensors: Readonly<Record<string, Tensor>>,
): Record<string, ort.Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, toOrt(tensor)]),
  );
}

function toOrt(tensor: Tensor): ort.Tensor {
  return new ort.Tensor(tensor.type, tensor.data, tensor.dims);
}
