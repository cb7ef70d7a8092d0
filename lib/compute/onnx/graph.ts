import type { Tensor, TensorType } from "#lib/compute/tensor";

/** ONNX Runtime's own operators (FastGelu, MultiHeadAttention, …). */
export const CONTRIB = "com.microsoft";

/** A dimension is a number, or the name of a size known only at run time. */
export type Dim = number | string;

/** An integer attribute is a number; a float one is `{ float: x }`. */
export type Attribute =
  number | string | number[] | { float: number } | { floats: number[] };

export interface NodeOptions {
  domain?: typeof CONTRIB;
  outputs?: number;
}

/** One operator of a graph; an empty input name is an omitted optional input. */
export interface GraphNode {
  readonly op: string;
  /** "" for ONNX's own operators. */
  readonly domain: "" | typeof CONTRIB;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** An input or a result of a graph. */
export interface GraphValue {
  readonly name: string;
  readonly type: TensorType;
  readonly dims: readonly Dim[];
}

/**
 * Builds a graph of ONNX operators in memory, one node at a time; engines
 * compile it. Values are named by
 * strings; `node` returns the names of its outputs so that calls nest:
 *
 *     const g = new GraphBuilder();
 *     const x = g.input("x", "float32", ["rows", 768]);
 *     const w = g.input("w", "float32", [768, 1024]);
 *     g.output(g.node("Relu", [g.node("MatMul", [x, w])]), "float32", ["rows", 1024]);
 *
 * Large weights are inputs, not constants: a protobuf message ends at 2 GB,
 * and graphs that share weights then share one copy of them.
 */
export class GraphBuilder {
  private readonly nodeList: GraphNode[] = [];
  private readonly constantList = new Map<string, Tensor>();
  private readonly inputList: GraphValue[] = [];
  private readonly outputList: GraphValue[] = [];
  private counter = 0;

  private fresh(hint: string): string {
    return `${hint}_${this.counter++}`;
  }

  /** Every node, each after those whose outputs it reads. */
  get nodes(): readonly GraphNode[] {
    return this.nodeList;
  }

  /** The small constants by name. */
  get constants(): ReadonlyMap<string, Tensor> {
    return this.constantList;
  }

  get inputs(): readonly GraphValue[] {
    return this.inputList;
  }

  get outputs(): readonly GraphValue[] {
    return this.outputList;
  }

  input(name: string, type: TensorType, dims: readonly Dim[]): string {
    this.inputList.push({ name, type, dims });
    return name;
  }

  /** A small constant that lives inside the model. */
  constant(
    data: Float32Array | Int32Array | BigInt64Array,
    dims: readonly number[] = [data.length],
  ): string {
    const name = this.fresh("constant");
    const type =
      data instanceof Float32Array
        ? "float32"
        : data instanceof Int32Array
          ? "int32"
          : "int64";
    this.constantList.set(name, { type, data: data.slice(), dims });
    return name;
  }

  /** A float32 scalar. */
  scalar(value: number): string {
    return this.constant(Float32Array.of(value), []);
  }

  /** An int64 vector, as shapes, axes and slice bounds are given. */
  ints(...values: number[]): string {
    return this.constant(BigInt64Array.from(values, (v) => BigInt(v)));
  }

  /** Adds a node with one output and returns the output's name. */
  node(
    op: string,
    inputs: readonly string[],
    attributes: Record<string, Attribute> = {},
    options: NodeOptions = {},
  ): string {
    return this.add(op, inputs, attributes, { ...options, outputs: 1 })[0]!;
  }

  /** Adds a node with several outputs. An empty input name omits an optional input. */
  multi(
    op: string,
    inputs: readonly string[],
    outputs: number,
    attributes: Record<string, Attribute> = {},
    options: NodeOptions = {},
  ): string[] {
    return this.add(op, inputs, attributes, { ...options, outputs });
  }

  private add(
    op: string,
    inputs: readonly string[],
    attributes: Record<string, Attribute>,
    options: NodeOptions,
  ): string[] {
    const names = Array.from({ length: options.outputs ?? 1 }, () =>
      this.fresh(op),
    );
    this.nodeList.push({
      op,
      domain: options.domain ?? "",
      inputs: [...inputs],
      outputs: names,
      attributes,
    });
    return names;
  }

  /** Declares `value` a result under the public name `name`. */
  output(
    value: string,
    type: TensorType,
    dims: readonly Dim[],
    name = value,
  ): void {
    if (name !== value) {
      this.nodeList.push({
        op: "Identity",
        domain: "",
        inputs: [value],
        outputs: [name],
        attributes: {},
      });
    }
    this.outputList.push({ name, type, dims });
  }
}
