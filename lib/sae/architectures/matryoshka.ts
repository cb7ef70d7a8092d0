import type { TrainingConfig } from "#lib/sae/config";
import { batchTopk } from "./batch-topk";

/**
 * Matryoshka BatchTopK (Bussmann et al. 2025, Eq. 32): selected as BatchTopK,
 * and every nested dictionary, the first m_g latents, must reconstruct the
 * input on its own. General features settle in the small dictionaries.
 */
export const matryoshkaBatchTopk = batchTopk;

/** Where the nested dictionaries end, ascending; one that ends at dSae else. */
export function groupEnds(
  config: Pick<TrainingConfig, "dSae" | "matryoshkaFractions">,
): number[] {
  const { dSae, matryoshkaFractions } = config;
  const ends = (matryoshkaFractions ?? [1]).map((share) =>
    Math.max(1, Math.round(share * dSae)),
  );
  return [...new Set(ends)];
}
