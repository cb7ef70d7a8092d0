import type { FeaturePoints } from "#lib/contract/index";
import { featuresByState } from "#lib/db/index";
import { labels, readerOf } from "./databases";

/** What the plots of all features say besides their columns. */
export function getPoints(saeId: string): FeaturePoints {
  const { tokens, dSae, places, saeHash } = readerOf(saeId).manifest;
  return {
    features: dSae,
    tokens,
    sourceNames: places.sources.map((source) => source.name),
    states: featuresByState(labels(), saeHash),
  };
}
