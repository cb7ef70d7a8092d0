import { availableParallelism } from "node:os";
import * as ort from "onnxruntime-node";
import type { GraphBuilder } from "./graph";
import type { Tensor } from "#lib/compute/tensor";

export interface CompileOptions {
  /** Threads of one operator; default: every core this process may use. */
  threads?: number;
}

/** A graph ready to run. Runs of one graph must not overlap its disposal. */
export interface CompiledGraph {
  /**
   * Runs the graph. Outputs named in `into` are written to the given arrays
   * (no allocation); all others are allocated by the engine.
   */
  run(
    feeds: Record<string, Tensor>,
    into?: Record<string, Tensor>,
  ): Promise<Record<string, Tensor>>;
  dispose(): Promise<void>;
}

export async function compileGraph(
  graph: GraphBuilder,
  options: CompileOptions = {},
): Promise<CompiledGraph> {
  const session = await ort.InferenceSession.create(graph.toBytes(), {
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
  const allOutputs = graph.outputNames;
  return {
    async run(feeds, into = {}) {
      const ortFeeds: Record<string, ort.Tensor> = {};
      for (const [name, tensor] of Object.entries(feeds)) {
        ortFeeds[name] = toOrt(tensor);
      }
      const fetches: Record<string, ort.Tensor | null> = {};
      for (const name of allOutputs) {
        const target = into[name];
        fetches[name] = target === undefined ? null : toOrt(target);
      }
      const results = await session.run(ortFeeds, fetches);
      const out: Record<string, Tensor> = {};
      for (const name of allOutputs) {
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

function toOrt(tensor: Tensor): ort.Tensor {
  return new ort.Tensor(tensor.type, tensor.data, tensor.dims);
}
