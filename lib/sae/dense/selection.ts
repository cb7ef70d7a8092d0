import type * as Tf from "@tensorflow/tfjs";
import type { TfModule } from "#lib/compute/index";

/** So many tell neighbouring float32 values apart, 24 bits of one that may be
 *  2⁻¹⁶ of the largest. */
const HALVINGS = 40;

/**
 * What `compute` returns, held constant: no gradient flows into the tensors
 * that it reads. Selections are such, and targets that must not move.
 */
export function constant<T extends Tf.Tensor>(
  tf: TfModule,
  compute: () => T,
): T {
  // An operation without inputs is on no path that is differentiated.
  const hold = tf.customGrad(() => ({ value: compute(), gradFunc: () => [] }));
  return hold() as T;
}

/**
 * 1 at the k largest of each row, 0 elsewhere. By position, not by value, so
 * that ties cannot let a (k+1)-th through.
 *
 * @param values [rows × n]
 */
export function largestOfRows(
  tf: TfModule,
  values: Tf.Tensor2D,
  k: number,
): Tf.Tensor2D {
  return constant(tf, () => {
    const [rows, n] = values.shape;
    const { indices } = tf.topk(values, k, false);
    const starts = tf.mul(tf.range(0, rows, 1, "int32"), tf.scalar(n, "int32"));
    const positions = tf.add(indices, tf.expandDims(starts, 1));
    const ones = tf.scatterND(
      tf.reshape(positions, [rows * k, 1]) as Tf.Tensor2D,
      tf.ones([rows * k]),
      [rows * n],
    );
    return tf.reshape(ones, [rows, n]);
  });
}

/**
 * 1 at the `count` largest positive values of all rows together, 0 elsewhere.
 * Their smallest is found by halving an interval, without sorting; values that
 * equal it in float32 are all taken.
 *
 * @param values [rows × n]
 */
export function largestOfAll(
  tf: TfModule,
  values: Tf.Tensor2D,
  count: number,
): Tf.Tensor2D {
  return constant(tf, () => {
    // At least `count` values reach `low` (or it is 0); fewer reach `high`.
    let low: Tf.Tensor = tf.scalar(0);
    let high: Tf.Tensor = tf.mul(tf.max(values), 2);
    for (let i = 0; i < HALVINGS; i++) {
      [low, high] = tf.tidy(() => {
        const middle = tf.mul(tf.add(low, high), 0.5);
        const reach = tf.sum(tf.cast(tf.greaterEqual(values, middle), "int32"));
        const enough = tf.greaterEqual(reach, count);
        return [tf.where(enough, middle, low), tf.where(enough, high, middle)];
      });
    }
    const chosen = tf.logicalAnd(
      tf.greaterEqual(values, low),
      tf.greater(values, 0),
    );
    return tf.cast(chosen, "float32") as Tf.Tensor2D;
  });
}
