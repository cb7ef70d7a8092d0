import { ProtoWriter } from "./protobuf";
import type { TensorType } from "#lib/compute/tensor";

/** onnx.proto: TensorProto.DataType. */
const DATA_TYPE = { float32: 1, int32: 6, int64: 7, bool: 9 } as const;

/** onnx.proto: AttributeProto.AttributeType. */
const ATTRIBUTE = { float: 1, int: 2, string: 3, floats: 6, ints: 7 } as const;

const IR_VERSION = 10;
const OPSET = 20;
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

/**
 * Builds an ONNX model in memory, one node at a time. Values are named by
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
  private readonly nodes: ProtoWriter[] = [];
  private readonly initializers: ProtoWriter[] = [];
  private readonly inputs: ProtoWriter[] = [];
  private readonly outputs: ProtoWriter[] = [];
  private readonly outputNameList: string[] = [];
  private counter = 0;

  private fresh(hint: string): string {
    return `${hint}_${this.counter++}`;
  }

  get outputNames(): readonly string[] {
    return this.outputNameList;
  }

  input(name: string, type: TensorType, dims: readonly Dim[]): string {
    this.inputs.push(valueInfo(name, type, dims));
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
        ? DATA_TYPE.float32
        : data instanceof Int32Array
          ? DATA_TYPE.int32
          : DATA_TYPE.int64;
    const tensor = new ProtoWriter();
    for (const dim of dims) tensor.int(1, dim);
    tensor
      .int(2, type)
      .string(8, name)
      .bytes(
        9,
        new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice(),
      );
    this.initializers.push(tensor);
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
    return this.nodes_(op, inputs, attributes, { ...options, outputs: 1 })[0]!;
  }

  /** Adds a node with several outputs. An empty input name omits an optional input. */
  multi(
    op: string,
    inputs: readonly string[],
    outputs: number,
    attributes: Record<string, Attribute> = {},
    options: NodeOptions = {},
  ): string[] {
    return this.nodes_(op, inputs, attributes, { ...options, outputs });
  }

  private nodes_(
    op: string,
    inputs: readonly string[],
    attributes: Record<string, Attribute>,
    options: NodeOptions,
  ): string[] {
    const names = Array.from({ length: options.outputs ?? 1 }, () =>
      this.fresh(op),
    );
    const node = new ProtoWriter();
    for (const input of inputs) node.string(1, input);
    for (const name of names) node.string(2, name);
    node.string(3, names[0]!).string(4, op);
    for (const [name, value] of Object.entries(attributes)) {
      node.message(5, attribute(name, value));
    }
    if (options.domain !== undefined) node.string(7, options.domain);
    this.nodes.push(node);
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
      const identity = new ProtoWriter();
      identity.string(1, value).string(2, name).string(4, "Identity");
      this.nodes.push(identity);
    }
    this.outputs.push(valueInfo(name, type, dims));
    this.outputNameList.push(name);
  }

  toBytes(): Uint8Array {
    const graph = new ProtoWriter();
    for (const node of this.nodes) graph.message(1, node);
    graph.string(2, "monolex");
    for (const tensor of this.initializers) graph.message(5, tensor);
    for (const input of this.inputs) graph.message(11, input);
    for (const output of this.outputs) graph.message(12, output);
    return new ProtoWriter()
      .int(1, IR_VERSION)
      .string(2, "monolex")
      .message(7, graph)
      .message(8, new ProtoWriter().string(1, "").int(2, OPSET))
      .message(8, new ProtoWriter().string(1, CONTRIB).int(2, 1))
      .finish();
  }
}

function valueInfo(
  name: string,
  type: TensorType,
  dims: readonly Dim[],
): ProtoWriter {
  const shape = new ProtoWriter();
  for (const dim of dims) {
    shape.message(
      1,
      typeof dim === "number"
        ? new ProtoWriter().int(1, dim)
        : new ProtoWriter().string(2, dim),
    );
  }
  const tensorType = new ProtoWriter()
    .int(1, DATA_TYPE[type])
    .message(2, shape);
  return new ProtoWriter()
    .string(1, name)
    .message(2, new ProtoWriter().message(1, tensorType));
}

function attribute(name: string, value: Attribute): ProtoWriter {
  const proto = new ProtoWriter().string(1, name);
  if (typeof value === "number") {
    return proto.int(3, value).int(20, ATTRIBUTE.int);
  }
  if (typeof value === "string") {
    return proto.string(4, value).int(20, ATTRIBUTE.string);
  }
  if (Array.isArray(value)) {
    for (const x of value) proto.int(8, x);
    return proto.int(20, ATTRIBUTE.ints);
  }
  if ("float" in value) {
    return proto.float(2, value.float).int(20, ATTRIBUTE.float);
  }
  for (const x of value.floats) proto.float(7, x);
  return proto.int(20, ATTRIBUTE.floats);
}
