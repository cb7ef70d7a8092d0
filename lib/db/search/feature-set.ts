/** Features that a part of a query finds, with how well. */
export interface FeatureSet {
  /** Ascending. */
  features: Uint32Array;
  /** The larger, the better. */
  scores: Float64Array | Uint16Array;
  /** Rank of the strongest context that matches, of each. */
  best?: Uint16Array;
  /** Not all were looked at: there were too many. */
  capped?: boolean;
}

/** A set from features in any order. */
export function setOf(scores: ReadonlyMap<number, number>): FeatureSet {
  const features = Uint32Array.from(scores.keys()).sort();
  return {
    features,
    scores: Float64Array.from(features, (feature) => scores.get(feature)!),
  };
}

/** Where `feature` stands in the set; −1 when it is not in it. */
export function placeIn({ features }: FeatureSet, feature: number): number {
  let low = 0;
  let high = features.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (features[middle]! < feature) low = middle + 1;
    else high = middle;
  }
  return features[low] === feature ? low : -1;
}

/** The scores of features of the set, ascending. */
export function scoresOf(
  { features, scores }: FeatureSet,
  wanted: Uint32Array,
): Float64Array {
  const found = new Float64Array(wanted.length);
  let at = 0;
  for (let i = 0; i < wanted.length; i++) {
    const feature = wanted[i]!;
    while (features[at]! < feature) at++;
    found[i] = scores[at]!;
  }
  return found;
}

/** Features that are in all of the sets, of which there is at least one. */
export function intersect(sets: readonly FeatureSet[]): Uint32Array {
  const [smallest, ...rest] = [...sets].sort(
    (a, b) => a.features.length - b.features.length,
  );
  let common = smallest!.features;
  for (const { features } of rest) {
    const kept = new Uint32Array(common.length);
    let size = 0;
    let at = 0;
    for (const feature of common) {
      while (at < features.length && features[at]! < feature) at++;
      if (features[at] === feature) kept[size++] = feature;
    }
    common = kept.subarray(0, size);
  }
  return common;
}
