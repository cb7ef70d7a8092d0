import type * as Tf from "@tensorflow/tfjs";
import {
  float,
  integer,
  type Operator,
  type TfModule,
} from "#lib/compute/tfjs/values";

/** Added to the score of a key that lies in the future: its weight is 0. */
const MASKED = -1e30;

/** Matrix products and what is made of them. */
export const products = {
  MatMul: (tf, inputs) => times(tf, inputs.tensor(0), inputs.tensor(1)),
  /** α A′B′ + β C, where ′ transposes on demand. */
  Gemm: (tf, inputs, node) => {
    const product = tf.matMul(
      inputs.tensor(0),
      inputs.tensor(1),
      integer(node, "transA", 0) === 1,
      integer(node, "transB", 0) === 1,
    );
    const alpha = float(node, "alpha", 1);
    const beta = float(node, "beta", 1);
    const scaled = alpha === 1 ? product : tf.mul(product, alpha);
    const c = inputs.optional(2);
    if (c === undefined) return scaled;
    return tf.add(scaled, beta === 1 ? c : tf.mul(c, beta));
  },
  /**
   * Self-attention of x [batch, length, d] with the joint query, key and value
   * weights [d, 3d] and bias [3d].
   */
  Attention: (tf, inputs, node) => {
    if (inputs.all.slice(3).some((value) => value !== undefined)) {
      throw new Error("masks and past keys are not supported");
    }
    const x = inputs.tensor(0) as Tf.Tensor3D;
    const [batch, length, width] = x.shape;
    const heads = integer(node, "num_heads", 1);
    const size = width / heads;
    const joint = tf.add(times(tf, x, inputs.tensor(1)), inputs.tensor(2));
    // [3, batch, heads, length, size]
    const parts = tf.transpose(
      tf.reshape(joint, [batch, length, 3, heads, size]),
      [2, 0, 3, 1, 4],
    );
    const [query, key, value] = tf
      .split(tf.reshape(parts, [3, batch * heads, length, size]), 3, 0)
      .map((part) => tf.reshape(part, [batch * heads, length, size]));
    let scores = tf.mul(
      tf.matMul(query!, key!, false, true),
      1 / Math.sqrt(size),
    );
    if (integer(node, "unidirectional", 0) === 1) {
      scores = tf.add(scores, futureMask(tf, length));
    }
    const mixed = tf.reshape(tf.matMul(tf.softmax(scores, -1), value!), [
      batch,
      heads,
      length,
      size,
    ]);
    return tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [
      batch,
      length,
      width,
    ]);
  },
} satisfies Record<string, Operator>;

/** a · b, where b may be one matrix for every leading dimension of a. */
function times(tf: TfModule, a: Tf.Tensor, b: Tf.Tensor): Tf.Tensor {
  if (b.rank > 2 || a.rank <= 2) return tf.matMul(a, b);
  const rows = tf.reshape(a, [-1, a.shape.at(-1)!]);
  return tf.reshape(tf.matMul(rows, b), [...a.shape.slice(0, -1), b.shape[1]!]);
}

/** [length, length]: 0 where the key is no later than the query. */
function futureMask(tf: TfModule, length: number): Tf.Tensor {
  const position = tf.range(0, length, 1, "int32");
  const later = tf.greater(
    tf.reshape(position, [1, length]),
    tf.reshape(position, [length, 1]),
  );
  return tf.mul(tf.cast(later, "float32"), MASKED);
}
