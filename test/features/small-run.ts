import type { PackedCorpus } from "#lib/corpus/index";
import { Rng } from "#lib/random";
import type { Sae } from "#lib/sae/index";
import { makeCorpus, range } from "./small-corpus";

export const D_IN = 16;
export const D_SAE = 40;
const VOCABULARY = 50257;

function random(seed: number, length: number): Float32Array {
  const rng = new Rng(seed);
  return Float32Array.from({ length }, () => rng.normal());
}

/** The awkward corpus as the corpus folder would pack it. */
export function packed(seed: number): PackedCorpus {
  const { tokens, contextSize, sequences } = makeCorpus(seed);
  return {
    name: "small",
    hash: "0".repeat(64),
    contextSize,
    sequences,
    tokens,
    // Three sequences a document.
    documents: range(sequences / 3).map((id) => ({
      id,
      title: `Document ${id}`,
      source: "small",
    })),
    segments: range(sequences).map((sequence) => ({
      sequence,
      start: 0,
      document: Math.floor(sequence / 3),
      documentOffset: (sequence % 3) * (contextSize - 1),
    })),
  };
}

/** A top-k SAE with k = 4 and random weights. */
export function topK(): Sae {
  const W_dec = random(1, D_SAE * D_IN);
  return {
    id: "small",
    hash: "1".repeat(64),
    config: {
      architecture: "topk",
      dIn: D_IN,
      dSae: D_SAE,
      k: 4,
      modelName: "small",
      hookName: "blocks.0.hook_resid_post",
      contextSize: 24,
      corpusName: "small",
    },
    W_enc: W_dec.slice(),
    W_dec,
    b_enc: random(2, D_SAE),
    b_dec: random(3, D_IN),
  };
}

const embedding = random(4, 100 * D_IN);
export const W_U = random(5, VOCABULARY * D_IN);
export const lnFinalWeight = random(6, D_IN);

/** A vector of its own for every (token, previous token). */
export function residual(tokens: Uint16Array): Promise<Float32Array> {
  const x = new Float32Array(tokens.length * D_IN);
  for (let row = 0; row < tokens.length; row++) {
    const here = (tokens[row]! % 100) * D_IN;
    const before = (tokens[Math.max(0, row - 1)]! % 100) * D_IN;
    for (let j = 0; j < D_IN; j++) {
      x[row * D_IN + j] = embedding[here + j]! - 0.5 * embedding[before + j]!;
    }
  }
  return Promise.resolve(x);
}
