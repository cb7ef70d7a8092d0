import { Rng } from "#lib/random";
import { loadSae, saveSae } from "#lib/sae/index";

/** Writes an SAE of random directions, as wide as mini-gpt2 unless told otherwise. */
export async function randomSae(
  folder: string,
  dSae: number,
  seed: number,
  dIn = 256,
): Promise<void> {
  const rng = new Rng(seed);
  const W_dec = Float32Array.from({ length: dSae * dIn }, () => rng.normal());
  await saveSae(
    folder,
    {
      architecture: "topk",
      dIn,
      dSae,
      k: 4,
      modelName: "mini-gpt2",
      hookName: "blocks.2.hook_resid_post",
      contextSize: 128,
      corpusName: "fixture",
    },
    {
      W_enc: W_dec.slice(),
      W_dec,
      b_enc: new Float32Array(dSae),
      b_dec: new Float32Array(dIn),
    },
  );
}

/**
 * Writes an SAE whose feature i is feature order[i] of another, with some
 * noise: what retraining would give at its best. A negative number makes a
 * feature of its own.
 *
 * @param noise standard deviation, relative to a component of a unit row.
 */
export async function permutedSae(
  from: string,
  to: string,
  order: ArrayLike<number>,
  noise: number,
): Promise<void> {
  const sae = await loadSae(from);
  const { dIn } = sae.config;
  const rng = new Rng(7);
  const rows = (matrix: Float32Array) => {
    const out = new Float32Array(matrix.length);
    for (let i = 0; i < sae.config.dSae; i++) {
      const row = order[i]!;
      for (let j = 0; j < dIn; j++) {
        // Of unit length as the others: longer ones would fire on everything.
        const kept =
          row < 0 ? rng.normal() / Math.sqrt(dIn) : matrix[row * dIn + j]!;
        out[i * dIn + j] = kept + noise * rng.normal();
      }
    }
    return out;
  };
  await saveSae(to, sae.config, {
    ...sae,
    W_enc: rows(sae.W_enc),
    W_dec: rows(sae.W_dec),
    b_enc: Float32Array.from(order, (row) => sae.b_enc[row] ?? 0),
  });
}
