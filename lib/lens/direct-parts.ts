import type { SparseCode } from "#lib/compute/index";
import { FINAL_HOOK, type Gpt2 } from "#lib/gpt2/index";
import type { Lens } from "./engine";

/** Additive parts of a logit (docs/method.md, Eq. 43). */
export interface DirectParts {
  /** Active features, the largest contribution of either sign first. */
  features: { feature: number; activation: number; contribution: number }[];
  /** Of b_dec. */
  decoderBias: number;
  /** Of x − x̂. */
  error: number;
  /** Of everything the layers after the hook add. */
  laterLayers: number;
  /** Of β of the final LayerNorm. */
  finalBias: number;
}

/**
 * u: W_U of the target less that of the other token, or less the mean over
 * the vocabulary.
 */
export function logitDirection(
  { model }: Pick<Lens, "model">,
  target: number,
  against: number | undefined,
): Float64Array {
  const { W_U, lnFinalWeight } = model.unembedding;
  const dim = lnFinalWeight.length;
  const mean = against === undefined ? meanRow(model) : undefined;
  return Float64Array.from({ length: dim }, (_, c) => {
    const baseline = mean ? mean[c]! : W_U[against! * dim + c]!;
    return W_U[target * dim + c]! - baseline;
  });
}

interface Rows {
  /** The residual stream at the hook, [dIn]. */
  x: Float32Array;
  xHat: Float32Array;
  /** The residual stream before the final LayerNorm. */
  last: Float32Array;
  /** x's features: one row. */
  code: SparseCode;
}

/** Takes the logit in direction u apart; in float64. */
export function directParts(
  { model, sae }: Pick<Lens, "model" | "sae">,
  u: Float64Array,
  { x, xHat, last, code }: Rows,
): DirectParts {
  const { lnFinalBias } = model.unembedding;
  const dim = u.length;
  const normalised = sae.config.hookName === FINAL_HOOK;
  const g = normalised ? u : throughFinalNorm(model, u, last);
  const along = (at: (c: number) => number) => {
    let sum = 0;
    for (let c = 0; c < dim; c++) sum += g[c]! * at(c);
    return sum;
  };
  const features = Array.from(code.indices, (feature, e) => {
    const activation = code.values[e]!;
    const row = feature * dim;
    const unit = along((c) => sae.W_dec[row + c]!);
    return { feature, activation, contribution: activation * unit };
  }).sort(
    (a, b) =>
      Math.abs(b.contribution) - Math.abs(a.contribution) ||
      a.feature - b.feature,
  );
  return {
    features,
    decoderBias: along((c) => sae.b_dec[c]!),
    error: along((c) => x[c]! - xHat[c]!),
    laterLayers: along((c) => last[c]! - x[c]!),
    // β is not divided by σ.
    finalBias: normalised
      ? 0
      : u.reduce((sum, v, c) => sum + v * lnFinalBias[c]!, 0),
  };
}

/**
 * g = ((γ ⊙ u) − mean(γ ⊙ u)) / σ: a part a of the residual stream adds a · g
 * to the logit, σ being that of the whole stream.
 */
function throughFinalNorm(
  model: Gpt2,
  u: Float64Array,
  last: Float32Array,
): Float64Array {
  const { lnFinalWeight } = model.unembedding;
  const scaled = u.map((v, c) => v * lnFinalWeight[c]!);
  const offset = mean(scaled);
  const centre = mean(last);
  const variance = mean(Float64Array.from(last, (v) => (v - centre) ** 2));
  const sigma = Math.sqrt(variance + model.config.layerNormEps);
  return scaled.map((v) => (v - offset) / sigma);
}

function mean(values: Float64Array | Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

const meanRows = new WeakMap<Gpt2, Float64Array>();

/** Mean row of W_U over the vocabulary. */
function meanRow(model: Gpt2): Float64Array {
  const known = meanRows.get(model);
  if (known) return known;
  const { W_U, lnFinalWeight } = model.unembedding;
  const dim = lnFinalWeight.length;
  const row = new Float64Array(dim);
  for (let at = 0; at < W_U.length; at += dim) {
    for (let c = 0; c < dim; c++) row[c]! += W_U[at + c]!;
  }
  const dVocab = W_U.length / dim;
  for (let c = 0; c < dim; c++) row[c]! /= dVocab;
  meanRows.set(model, row);
  return row;
}
