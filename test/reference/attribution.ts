/**
 * Equation 43 in float64, as it is written: every part of the residual stream
 * goes through the final LayerNorm with the whole stream's σ, then to the logit
 * of every token of the vocabulary.
 */
type Row = ArrayLike<number>;

export interface FinalNorm {
  gamma: Row;
  beta: Row;
  eps: number;
}

/** Logits of all tokens that one part of the residual stream makes. */
export function logitsOfPart(
  part: Row,
  whole: Row,
  { gamma, eps }: FinalNorm,
  W_U: number[][],
): number[] {
  const centre = mean(whole);
  const variance = mean(Array.from(whole, (v) => (v - centre) ** 2));
  const sigma = Math.sqrt(variance + eps);
  const own = mean(part);
  const normed = Array.from(part, (v, c) => ((v - own) / sigma) * gamma[c]!);
  return W_U.map((row) => dot(row, normed));
}

/** A token's logit less another's, or less the mean over the vocabulary. */
export function compared(
  logits: number[],
  target: number,
  against: number | undefined,
): number {
  const other = against === undefined ? mean(logits) : logits[against]!;
  return logits[target]! - other;
}

function mean(values: Row): number {
  return Array.from(values).reduce((a, b) => a + b, 0) / values.length;
}

export function dot(a: Row, b: Row): number {
  return Array.from(a).reduce((sum, v, i) => sum + v * b[i]!, 0);
}
