import type * as Tf from "@tensorflow/tfjs";
import type { GraphBuilder, GraphNode } from "#lib/compute/onnx/graph";
import type { Tensor } from "#lib/compute/tensor";
import { operatorOf } from "./operators/index";
import {
  Inputs,
  Integers,
  upload,
  type Operator,
  type TfModule,
  type Value,
} from "./values";

interface Step {
  node: GraphNode;
  operator: Operator;
  /** Values that nothing after this step reads. */
  finished: string[];
}

/**
 * A graph as a list of TensorFlow.js calls. A value is freed as soon as its
 * last reader has run, so that a deep model needs the memory of one layer.
 */
export class Interpreter {
  private readonly steps: Step[];

  /** @throws AppError for an unknown operator. */
  constructor(
    private readonly tf: TfModule,
    private readonly graph: GraphBuilder,
  ) {
    this.steps = graph.nodes.map((node) => ({
      node,
      operator: operatorOf(node),
      finished: [],
    }));
    const seen = new Set(graph.outputs.map(({ name }) => name));
    for (const step of this.steps.toReversed()) {
      for (const name of [...step.node.outputs, ...step.node.inputs]) {
        if (name !== "" && !seen.has(name)) step.finished.push(name);
        seen.add(name);
      }
    }
  }

  /**
   * Starts all calls and returns the outputs, in the graph's order, without
   * waiting for the device; the caller frees them.
   *
   * @param constants values that outlive the run.
   */
  run(
    feeds: Readonly<Record<string, Tensor>>,
    constants: ReadonlyMap<string, Value>,
  ): Value[] {
    const own = new Map<string, Value>();
    try {
      for (const { name } of this.graph.inputs) {
        if (constants.has(name)) continue;
        const feed = feeds[name];
        if (feed === undefined) throw new Error(`input ${name} is not fed`);
        own.set(name, upload(this.tf, feed));
      }
      for (const step of this.steps) {
        this.runStep(step, own, constants);
        for (const name of step.finished) {
          free(own.get(name));
          own.delete(name);
        }
      }
      return this.graph.outputs.map(({ name }) => {
        const value = own.get(name)!;
        own.delete(name);
        return value;
      });
    } finally {
      for (const value of own.values()) free(value);
    }
  }

  private runStep(
    { node, operator }: Step,
    own: Map<string, Value>,
    constants: ReadonlyMap<string, Value>,
  ): void {
    const { tf } = this;
    const inputs = new Inputs(
      tf,
      node.inputs.map((name) => own.get(name) ?? constants.get(name)),
    );
    let results: Value[] = [];
    try {
      tf.tidy(() => {
        results = [operator(tf, inputs, node)].flat();
        return results.filter(onDevice);
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${node.op}: ${reason}`, { cause: error });
    }
    node.outputs.forEach((name, i) => own.set(name, results[i]!));
  }
}

/** Frees a value's memory on the device. */
export function free(value: Value | undefined): void {
  if (value !== undefined && onDevice(value)) value.dispose();
}

function onDevice(value: Value): value is Tf.Tensor {
  return !(value instanceof Integers);
}
