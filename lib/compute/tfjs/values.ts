import type * as Tf from "@tensorflow/tfjs";
import type { Attribute, GraphNode } from "#lib/compute/onnx/graph";
import type { Tensor, TensorType } from "#lib/compute/tensor";

/** The TensorFlow.js API, loaded when it is needed. */
export type TfModule = typeof Tf;

/**
 * An int64 tensor. TensorFlow.js has no such type, and wants shapes, axes and
 * counts as numbers at call time, so these stay on the host.
 */
export class Integers {
  constructor(
    readonly values: readonly number[],
    readonly dims: readonly number[] = [values.length],
  ) {}
}

export type Value = Tf.Tensor | Integers;

/** One operator: its outputs, or its only one. Never one of its own inputs. */
export type Operator = (
  tf: TfModule,
  inputs: Inputs,
  node: GraphNode,
) => Value | Value[];

/** The inputs of one node as its operator wants them. */
export class Inputs {
  constructor(
    private readonly tf: TfModule,
    private readonly values: readonly (Value | undefined)[],
  ) {}

  get all(): readonly (Value | undefined)[] {
    return this.values;
  }

  /** @throws for an input that was omitted. */
  tensor(index: number): Tf.Tensor {
    const value = this.optional(index);
    if (value === undefined) throw new Error(`input ${index} is missing`);
    return value;
  }

  optional(index: number): Tf.Tensor | undefined {
    const value = this.values[index];
    return value instanceof Integers
      ? this.tf.tensor([...value.values], [...value.dims], "int32")
      : value;
  }

  /** @throws for an input that was computed on the device. */
  integers(index: number): readonly number[] {
    const value = this.values[index];
    if (value instanceof Integers) return value.values;
    throw new Error(`input ${index} is not an int64 tensor`);
  }
}

/** An integer attribute. */
export function integer(
  { attributes }: GraphNode,
  name: string,
  otherwise: number,
): number {
  const value: Attribute = attributes[name] ?? otherwise;
  return typeof value === "number" ? value : otherwise;
}

/** A float attribute. */
export function float(
  { attributes }: GraphNode,
  name: string,
  otherwise: number,
): number {
  const value = attributes[name];
  return typeof value === "object" && "float" in value
    ? value.float
    : otherwise;
}

/** A tensor on its way to the device. */
export function upload(tf: TfModule, { type, data, dims }: Tensor): Value {
  if (data instanceof BigInt64Array) {
    return new Integers(Array.from(data, Number), dims);
  }
  return tf.tensor(data, [...dims], type as "float32" | "int32" | "bool");
}

/** A value on its way back, as the type that the graph declares. */
export async function download(
  value: Value,
  type: TensorType,
): Promise<Tensor> {
  if (value instanceof Integers) {
    return typed(type, value.values, value.dims);
  }
  const data = await value.data();
  const dims = value.shape;
  if (type === "float32" && data instanceof Float32Array) {
    return { type, data, dims };
  }
  if (type === "int32" && data instanceof Int32Array) {
    return { type, data, dims };
  }
  return typed(type, data, dims);
}

function typed(
  type: TensorType,
  values: ArrayLike<number>,
  dims: readonly number[],
): Tensor {
  switch (type) {
    case "float32":
      return { type, data: Float32Array.from(values), dims };
    case "int32":
      return { type, data: Int32Array.from(values), dims };
    case "int64":
      return { type, data: BigInt64Array.from(values, BigInt), dims };
    case "bool":
      return { type, data: Uint8Array.from(values), dims };
  }
}
