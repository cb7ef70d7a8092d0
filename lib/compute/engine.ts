import type { GraphBuilder } from "./onnx/graph";
import type { Tensor } from "./tensor";

export type EngineName = "onnx" | "tfjs";

/** Where the tfjs engine may run, best first. */
export const TFJS_DEVICES = ["gpu", "webgpu", "wasm", "cpu"] as const;
export type TfjsDevice = (typeof TFJS_DEVICES)[number];

/**
 * Something that runs graphs. Engines differ in speed only: one suite
 * (test/compute/engines.test.ts) holds their numbers together.
 */
export interface Engine {
  readonly name: EngineName;
  /** Where it runs, for people: "cpu, 2 threads", "webgpu (nvidia ada)". */
  readonly device: string;
  /** @throws AppError("invalid") for an operator that it does not know. */
  compileGraph(
    graph: GraphBuilder,
    options?: CompileOptions,
  ): Promise<CompiledGraph>;
  /** Frees what the engine holds; its graphs must not be run any more. */
  dispose(): Promise<void>;
}

export interface CompileOptions {
  /**
   * Inputs that are the same in every run, such as weights: they are given
   * here instead of to `run`, so that a GPU is sent them once. Graphs of one
   * engine that name the same array share it. Must not be changed afterwards.
   */
  constants?: Readonly<Record<string, Tensor>>;
}

/** A graph ready to run. Runs of one graph must not overlap its disposal. */
export interface CompiledGraph {
  /**
   * Runs the graph on its inputs (all but the constants). Outputs named in
   * `into` are written to the given arrays; all others are allocated by the
   * engine.
   *
   * @throws EngineError if the engine failed; nothing is wrong with the input.
   */
  run(
    feeds: Record<string, Tensor>,
    into?: Record<string, Tensor>,
  ): Promise<Record<string, Tensor>>;
  dispose(): Promise<void>;
}

/**
 * The engine failed in the middle of a run: out of memory, a lost device, a
 * kernel that does not exist. The same work may succeed on the other engine.
 */
export class EngineError extends Error {
  constructor(
    readonly device: string,
    cause: unknown,
  ) {
    const text = cause instanceof Error ? cause.message : String(cause);
    const reason = text.split("\n")[0]!.replace(/\.$/, "");
    super(`The tfjs engine (${device}) failed: ${reason}.`, { cause });
    this.name = "EngineError";
  }
}
