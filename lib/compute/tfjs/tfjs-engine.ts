import {
  EngineError,
  type CompiledGraph,
  type CompileOptions,
  type Engine,
} from "#lib/compute/engine";
import type { GraphBuilder } from "#lib/compute/onnx/graph";
import type { Tensor } from "#lib/compute/tensor";
import { ConstantPool } from "./constant-pool";
import { free, Interpreter } from "./interpreter";
import { activateDevice, type LoadedDevice } from "./load-tf";
import { download, upload, type Value } from "./values";

/** TensorFlow.js on one of its backends. */
export class TfjsEngine implements Engine {
  readonly name = "tfjs";
  private readonly pool: ConstantPool;

  constructor(readonly loaded: LoadedDevice) {
    this.pool = new ConstantPool(loaded.tf);
  }

  get device(): string {
    return this.loaded.description;
  }

  async compileGraph(
    graph: GraphBuilder,
    { constants = {} }: CompileOptions = {},
  ): Promise<CompiledGraph> {
    const { pool, loaded } = this;
    const interpreter = new Interpreter(loaded.tf, graph);
    await activateDevice(this.loaded);
    const inner = new Map<string, Value>();
    for (const [name, tensor] of graph.constants) {
      inner.set(name, upload(loaded.tf, tensor));
    }
    const held = new Map<string, Value>();
    for (const [name, tensor] of Object.entries(constants)) {
      held.set(name, pool.acquire(tensor));
    }
    const all = new Map([...inner, ...held]);
    return {
      run: (feeds, into) => this.run(interpreter, graph, all, feeds, into),
      dispose: () => {
        for (const value of inner.values()) free(value);
        for (const [name, value] of held) {
          pool.release(constants[name]!, value);
        }
        return Promise.resolve();
      },
    };
  }

  dispose(): Promise<void> {
    this.pool.dispose();
    return Promise.resolve();
  }

  private async run(
    interpreter: Interpreter,
    graph: GraphBuilder,
    constants: ReadonlyMap<string, Value>,
    feeds: Record<string, Tensor>,
    into: Record<string, Tensor> = {},
  ): Promise<Record<string, Tensor>> {
    let values: Value[] = [];
    try {
      await activateDevice(this.loaded);
      values = interpreter.run(feeds, constants);
      const results = await Promise.all(
        graph.outputs.map(({ type }, i) => download(values[i]!, type)),
      );
      // Some backends answer with zeros and tell of the failure elsewhere.
      const failure = this.loaded.failure();
      if (failure !== null) throw failure;
      const out: Record<string, Tensor> = {};
      graph.outputs.forEach(({ name }, i) => {
        out[name] = place(results[i]!, into[name]);
      });
      return out;
    } catch (error) {
      throw new EngineError(this.device, error);
    } finally {
      for (const value of values) free(value);
    }
  }
}

function place(result: Tensor, target: Tensor | undefined): Tensor {
  if (target === undefined) return result;
  // The same type, as the graph declares it.
  (target.data as Float32Array).set(result.data as Float32Array);
  return target;
}
