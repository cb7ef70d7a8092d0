import { rarityScore } from "#lib/contract/index";
import type { LensText } from "#app/_queries/lens";

/** How the features of a whole text are ranked. */
export const LENS_SORTS = ["rarity", "max", "sum", "tokens"] as const;
export type LensSort = (typeof LENS_SORTS)[number];

/** Features that fire on more than this share of tokens can be hidden. */
export const LENS_DENSE = 0.01;

export interface RankedFeature {
  feature: number;
  max: number;
  /** The token it is strongest on. */
  at: number;
  sum: number;
  tokens: number;
  density: number;
  rarity: number;
}

/** The features of a text, those with the largest score first. */
export function rankFeatures(
  { features }: Pick<LensText, "features">,
  sort: LensSort,
  hideDense: boolean,
): RankedFeature[] {
  return Array.from(features.feature, (feature, i) => ({
    feature,
    max: features.maxValue[i]!,
    at: features.maxToken[i]!,
    sum: features.sum[i]!,
    tokens: features.tokensFired[i]!,
    density: features.density[i]!,
    rarity: rarityScore(features.maxValue[i]!, features.density[i]!),
  }))
    .filter(({ density }) => !hideDense || density <= LENS_DENSE)
    .sort(
      (a, b) => b[sort] - a[sort] || b.max - a.max || a.feature - b.feature,
    );
}
