import { integer, Integers, type Operator } from "#lib/compute/tfjs/values";

/** Operators that look up, cut and join, and compute nothing. */
export const shapes = {
  Shape: (_tf, inputs, node) => {
    const { shape } = inputs.tensor(0);
    const start = integer(node, "start", 0);
    return new Integers(shape.slice(start, integer(node, "end", shape.length)));
  },
  Reshape: (tf, inputs) => {
    const x = inputs.tensor(0);
    // Zero keeps the dimension that is there.
    const dims = inputs.integers(1).map((d, i) => (d === 0 ? x.shape[i]! : d));
    return tf.reshape(x, dims);
  },
  Concat: (tf, inputs, node) => {
    const parts = inputs.all;
    if (parts.every((part) => part instanceof Integers)) {
      return new Integers(parts.flatMap((part) => part.values));
    }
    const tensors = parts.map((_, i) => inputs.tensor(i));
    return tf.concat(tensors, integer(node, "axis", 0));
  },
  /** data[indices]; indices must not be negative. */
  Gather: (tf, inputs, node) =>
    tf.gather(
      inputs.tensor(0),
      tf.cast(inputs.tensor(1), "int32"),
      integer(node, "axis", 0),
    ),
  /** Along the last axis: out[…, j] = data[…, indices[…, j]]. */
  GatherElements: (tf, inputs, node) => {
    const data = inputs.tensor(0);
    const indices = inputs.tensor(1);
    const axis = integer(node, "axis", 0);
    if (axis !== -1 && axis !== data.rank - 1) {
      throw new Error("only the last axis is supported");
    }
    const width = data.shape.at(-1)!;
    const columns = indices.shape.at(-1)!;
    const rows = indices.size / columns;
    // Looked up in the flat array: row r begins at r · width.
    const begin = tf.range(0, rows * width, width, "int32");
    const flat = tf.add(
      tf.reshape(begin, [rows, 1]),
      tf.reshape(indices, [rows, columns]),
    );
    const found = tf.gather(
      tf.reshape(data, [data.size]),
      tf.reshape(flat, [indices.size]),
    );
    return tf.reshape(found, indices.shape);
  },
} satisfies Record<string, Operator>;
