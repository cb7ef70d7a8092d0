import type { SparseCode } from "#lib/compute/index";
import type { Lens } from "./engine";

export interface FeatureValuesRequest {
  /** Whole sequences as they were indexed, BOS first, one after another. */
  tokens: Uint16Array;
  sequences: number;
  features: number[];
}

/** Features' activations on every token of sequences that are packed already. */
export async function featureValues(
  { model, sae, encoder }: Lens,
  { tokens, sequences, features }: FeatureValuesRequest,
): Promise<Float32Array[]> {
  const x = await model.residual(tokens, sequences, sae.config.hookName);
  const code = await encoder.encode(x, tokens.length);
  return features.map((feature) => valuesOf(code, feature));
}

/** A feature's column of a code. */
export function valuesOf(code: SparseCode, feature: number): Float32Array {
  const { rows, rowPtr, indices, values } = code;
  const out = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let e = rowPtr[row]!; e < rowPtr[row + 1]!; e++) {
      if (indices[e] === feature) out[row] = values[e]!;
    }
  }
  return out;
}
