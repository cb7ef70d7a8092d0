import type { Keyset } from "#lib/db/cursor";

/**
 * The first `limit` features in an order by value, then by number, each in
 * the same direction.
 *
 * @param by what each of `features` is ordered by
 * @param after only what comes after this one
 */
export function firstBy(
  features: Uint32Array,
  by: Float64Array,
  order: "asc" | "desc",
  limit: number,
  after?: Keyset,
): Keyset[] {
  const sign = order === "asc" ? 1 : -1;
  // A heap whose root is the last of those kept; the smaller, the earlier.
  const values = new Float64Array(limit);
  const numbers = new Float64Array(limit);
  let size = 0;
  const later = (value: number, feature: number, i: number) =>
    value > values[i]! || (value === values[i] && feature > numbers[i]!);
  const put = (i: number, value: number, feature: number) => {
    values[i] = value;
    numbers[i] = feature;
  };

  const push = (value: number, feature: number) => {
    let i = size++;
    for (; i > 0; i = (i - 1) >> 1) {
      const parent = (i - 1) >> 1;
      if (!later(value, feature, parent)) break;
      put(i, values[parent]!, numbers[parent]!);
    }
    put(i, value, feature);
  };

  const replaceRoot = (value: number, feature: number) => {
    let i = 0;
    for (let child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size) {
        const right = child + 1;
        if (later(values[right]!, numbers[right]!, child)) child = right;
      }
      if (later(value, feature, child)) break;
      put(i, values[child]!, numbers[child]!);
      i = child;
    }
    put(i, value, feature);
  };

  const afterValue = after === undefined ? -Infinity : sign * after.value;
  const afterFeature = after === undefined ? -Infinity : sign * after.feature;
  for (let at = 0; at < features.length; at++) {
    const v = sign * by[at]!;
    // Most are behind what is kept: the quick way out.
    if (size === limit && v > values[0]!) continue;
    const f = sign * features[at]!;
    if (v < afterValue || (v === afterValue && f <= afterFeature)) continue;
    if (size < limit) push(v, f);
    else if (!later(v, f, 0)) replaceRoot(v, f);
  }
  return Array.from(values.subarray(0, size), (v, i) => ({
    value: v === 0 ? 0 : sign * v,
    feature: Math.abs(numbers[i]!),
  })).sort(
    (a, b) => sign * (a.value - b.value) || sign * (a.feature - b.feature),
  );
}
