import { integer, type Operator } from "#lib/compute/tfjs/values";

/** onnx.proto: TensorProto.DataType, for Cast. */
const TYPES: Record<number, "float32" | "int32" | "bool"> = {
  1: "float32",
  6: "int32",
  // No int64 on the device: an index fits into 32 bits.
  7: "int32",
  9: "bool",
};

const GELU_SCALE = Math.sqrt(2 / Math.PI);
const GELU_CUBIC = 0.044715;

/** Operators that work element by element, broadcasting as ONNX does. */
export const elementwise = {
  Add: (tf, inputs) => tf.add(inputs.tensor(0), inputs.tensor(1)),
  Sub: (tf, inputs) => tf.sub(inputs.tensor(0), inputs.tensor(1)),
  Mul: (tf, inputs) => tf.mul(inputs.tensor(0), inputs.tensor(1)),
  Neg: (tf, inputs) => tf.neg(inputs.tensor(0)),
  Exp: (tf, inputs) => tf.exp(inputs.tensor(0)),
  Relu: (tf, inputs) => tf.relu(inputs.tensor(0)),
  Identity: (tf, inputs) => tf.clone(inputs.tensor(0)),
  Cast: (tf, inputs, node) => {
    const to = TYPES[integer(node, "to", 0)];
    if (to === undefined) throw new Error("the type is not supported");
    return tf.cast(inputs.tensor(0), to);
  },
  /** The tanh form of GELU, after an optional bias. */
  FastGelu: (tf, inputs) => {
    const bias = inputs.optional(1);
    const x =
      bias === undefined ? inputs.tensor(0) : tf.add(inputs.tensor(0), bias);
    const cubic = tf.mul(tf.square(x), GELU_CUBIC);
    const inner = tf.mul(tf.mul(x, tf.add(cubic, 1)), GELU_SCALE);
    return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
  },
} satisfies Record<string, Operator>;
