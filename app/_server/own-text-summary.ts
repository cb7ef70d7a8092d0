import type { SparseCode } from "./engine";

export interface CodeSummary {
  /** For each token its strongest features, strongest first. */
  perToken: { feature: number; value: number }[][];
  /** Features by their largest activation, strongest first. */
  features: {
    feature: number;
    maxValue: number;
    /** The (first) token it is on. */
    maxToken: number;
    tokensFired: number;
  }[];
  /** The asked-for feature's activation on every token. */
  featureValues: number[] | undefined;
}

/** What is shown of a text's code: one row a token. */
export function summariseCode(
  code: SparseCode,
  perToken: number,
  maxFeatures: number,
  asked: number | undefined,
): CodeSummary {
  const { rows, rowPtr, indices, values } = code;
  const byFeature = new Map<number, CodeSummary["features"][number]>();
  const featureValues = new Array<number>(rows).fill(0);
  const strongest = Array.from({ length: rows }, (_, token) => {
    const row: { feature: number; value: number }[] = [];
    for (let e = rowPtr[token]!; e < rowPtr[token + 1]!; e++) {
      const feature = indices[e]!;
      const value = values[e]!;
      row.push({ feature, value });
      if (feature === asked) featureValues[token] = value;
      const seen = byFeature.get(feature);
      if (!seen) {
        const first = { feature, maxValue: value, maxToken: token };
        byFeature.set(feature, { ...first, tokensFired: 1 });
        continue;
      }
      seen.tokensFired++;
      if (value > seen.maxValue) {
        seen.maxValue = value;
        seen.maxToken = token;
      }
    }
    row.sort((a, b) => b.value - a.value || a.feature - b.feature);
    return row.slice(0, perToken);
  });
  return {
    perToken: strongest,
    features: [...byFeature.values()]
      .sort((a, b) => b.maxValue - a.maxValue || a.feature - b.feature)
      .slice(0, maxFeatures),
    featureValues: asked === undefined ? undefined : featureValues,
  };
}
