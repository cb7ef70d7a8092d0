import type { SaeWeights } from "./sae";

/**
 * Turns an SAE of scaled inputs s·x into one of raw inputs x that computes the
 * same reconstruction (docs/method.md, Eq. 5). ReLU and TopK are positively
 * homogeneous, so the scale can leave through the biases alone: both weight
 * matrices stay as they are, decoder rows keep unit norm, and activations come
 * out in units of the residual stream.
 */
export function foldScale(weights: SaeWeights, scale: number): SaeWeights {
  return {
    W_enc: weights.W_enc,
    W_dec: weights.W_dec,
    b_enc: weights.b_enc.map((b) => b / scale),
    b_dec: weights.b_dec.map((b) => b / scale),
  };
}
