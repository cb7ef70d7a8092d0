/** Element types that cross the engine boundary, with their typed arrays. */
export type TensorType = "float32" | "int32" | "int64" | "bool";

export type TensorData = Float32Array | Int32Array | BigInt64Array | Uint8Array;

/** A dense row-major tensor. The data is not copied on its way to the engine. */
export interface Tensor {
  type: TensorType;
  data: TensorData;
  dims: readonly number[];
}

export function float32(
  data: Float32Array,
  dims: readonly number[],
): Tensor & { data: Float32Array } {
  return { type: "float32", data, dims };
}

export function int32(data: Int32Array, dims: readonly number[]): Tensor {
  return { type: "int32", data, dims };
}

export function int64(
  values: ArrayLike<number>,
  dims: readonly number[],
): Tensor {
  return {
    type: "int64",
    data: BigInt64Array.from(values, (v) => BigInt(v)),
    dims,
  };
}
