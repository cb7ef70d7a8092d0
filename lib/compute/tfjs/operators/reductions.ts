import { float, integer, type Operator } from "#lib/compute/tfjs/values";

/** Operators along one axis. */
export const reductions = {
  ReduceSum: (tf, inputs, node) =>
    tf.sum(
      inputs.tensor(0),
      inputs.all[1] === undefined ? undefined : [...inputs.integers(1)],
      integer(node, "keepdims", 1) === 1,
    ),
  LogSoftmax: (tf, inputs, node) =>
    tf.logSoftmax(inputs.tensor(0), integer(node, "axis", -1)),
  /** Along the last axis, ties in ascending order; indices are int32. */
  TopK: (tf, inputs, node) => {
    const x = inputs.tensor(0);
    const axis = integer(node, "axis", -1);
    if (axis !== -1 && axis !== x.rank - 1) {
      throw new Error("only the last axis is supported");
    }
    const k = inputs.integers(1)[0]!;
    const largest = integer(node, "largest", 1) === 1;
    const found = tf.topk(largest ? x : tf.neg(x), k, true);
    const values = largest ? found.values : tf.neg(found.values);
    return [values, found.indices];
  },
  /** Over the last axis. */
  LayerNormalization: (tf, inputs, node) => {
    const axis = integer(node, "axis", -1);
    if (axis !== -1) throw new Error("only the last axis is supported");
    const x = inputs.tensor(0);
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const variance = tf.mean(tf.square(centred), -1, true);
    const scale = tf.rsqrt(tf.add(variance, float(node, "epsilon", 1e-5)));
    const scaled = tf.mul(tf.mul(centred, scale), inputs.tensor(1));
    const bias = inputs.optional(2);
    return bias === undefined ? scaled : tf.add(scaled, bias);
  },
} satisfies Record<string, Operator>;
