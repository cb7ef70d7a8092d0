import type { SaeWeights } from "./sae";

/**
 * Turns an SAE of scaled inputs s·x into one of raw inputs x that computes the
 * same reconstruction (docs/method.md, Eq. 5). Every activation function here
 * is positively homogeneous in its input and threshold together, so the scale
 * can leave through biases and thresholds alone: both weight matrices stay as
 * they are, and activations come out in units of the residual stream.
 */
export function foldScale(weights: SaeWeights, scale: number): SaeWeights {
  const divided = (values: Float32Array) => values.map((v) => v / scale);
  return {
    ...weights,
    b_enc: divided(weights.b_enc),
    b_dec: divided(weights.b_dec),
    ...(weights.threshold === undefined
      ? {}
      : { threshold: divided(weights.threshold) }),
    ...(weights.b_mag === undefined ? {} : { b_mag: divided(weights.b_mag) }),
  };
}

/**
 * Gives decoder rows unit norm and moves the norms into the encoder, so that
 * activations carry them and f · W_dec stays what it was. Exact where each
 * latent is thresholded by itself; the top-k family, which compares latents
 * with each other, is trained at unit norm and left as it is.
 */
export function foldDecoderNorms(weights: SaeWeights, dIn: number): SaeWeights {
  const W_enc = weights.W_enc.slice();
  const W_dec = weights.W_dec.slice();
  const folded: SaeWeights = {
    ...weights,
    W_enc,
    W_dec,
    b_enc: weights.b_enc.slice(),
    ...(weights.threshold === undefined
      ? {}
      : { threshold: weights.threshold.slice() }),
    ...(weights.b_mag === undefined ? {} : { b_mag: weights.b_mag.slice() }),
  };
  for (let i = 0; i < folded.b_enc.length; i++) {
    const from = i * dIn;
    let squares = 0;
    for (let c = 0; c < dIn; c++) squares += W_dec[from + c]! ** 2;
    const norm = Math.sqrt(squares);
    if (norm === 0) continue;
    for (let c = from; c < from + dIn; c++) {
      W_dec[c]! /= norm;
      W_enc[c]! *= norm;
    }
    folded.b_enc[i]! *= norm;
    if (folded.threshold) folded.threshold[i]! *= norm;
    if (folded.b_mag) folded.b_mag[i]! *= norm;
  }
  return folded;
}
