import type * as Tf from "@tensorflow/tfjs";
import type { Tensor, TensorData } from "#lib/compute/tensor";
import { Integers, upload, type TfModule, type Value } from "./values";

/**
 * Constants of an engine's graphs on the device. An array that several graphs
 * name is there once: TensorFlow.js counts the tensors that share its memory.
 */
export class ConstantPool {
  private readonly held = new Map<TensorData, Tf.Tensor[]>();

  constructor(private readonly tf: TfModule) {}

  acquire(tensor: Tensor): Value {
    const sharing = this.held.get(tensor.data) ?? [];
    const first = sharing[0];
    const value =
      first === undefined
        ? upload(this.tf, tensor)
        : this.tf.reshape(first, [...tensor.dims]);
    if (value instanceof Integers) return value;
    this.held.set(tensor.data, [...sharing, value]);
    return value;
  }

  release(tensor: Tensor, value: Value): void {
    if (value instanceof Integers) return;
    value.dispose();
    const left = this.held.get(tensor.data)?.filter((held) => held !== value);
    if (left === undefined || left.length === 0) this.held.delete(tensor.data);
    else this.held.set(tensor.data, left);
  }

  dispose(): void {
    for (const tensors of this.held.values()) {
      for (const tensor of tensors) tensor.dispose();
    }
    this.held.clear();
  }
}
