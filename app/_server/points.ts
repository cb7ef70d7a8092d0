import type { FeaturePoints } from "#lib/contract/index";
import { featuresByState, type IndexReader } from "#lib/db/index";
import { base64 } from "./base64";
import { labels, readerOf } from "./databases";

/** All but the states never changes with an index; it is encoded once. */
const encoded = new WeakMap<IndexReader, Omit<FeaturePoints, "states">>();

/** What the plots of all features of an SAE are drawn from. */
export function getPoints(saeId: string): FeaturePoints {
  const reader = readerOf(saeId);
  let fixed = encoded.get(reader);
  if (fixed === undefined) {
    const { tokens, dSae, places } = reader.manifest;
    const points = reader.points();
    fixed = {
      features: dSae,
      tokens,
      firingCount: base64(points.firingCount),
      meanActivation: base64(points.meanActivation),
      positions: points.positions.toString("base64"),
      sources: points.sources.toString("base64"),
      sourceNames: places.sources.map((source) => source.name),
    };
    encoded.set(reader, fixed);
  }
  return {
    ...fixed,
    states: featuresByState(labels(), reader.manifest.saeHash),
  };
}
