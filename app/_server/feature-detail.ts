import type {
  FeatureDetail,
  Measured,
  Neighbour,
  Places,
  RelatedFeature,
} from "#lib/contract/index";
import type { FeatureDetailRow, IndexReader } from "#lib/db/index";
import { AppError } from "#lib/errors";
import type { Actor } from "#lib/policy";
import { hiddenFrom } from "./blind";
import { assertFeature, readerOf } from "./databases";
import { exampleGroups } from "./examples";
import { featureRow, oneToken } from "./features";
import { featureLabels } from "./labels";

/** Neighbours that come with the feature; the others are asked for. */
const NEIGHBOURS_SHOWN = 10;

/**
 * All of one feature.
 *
 * @param contexts at most so many of its contexts, the top ones first
 * @throws AppError "not_found".
 */
export function getFeature(
  saeId: string,
  index: number,
  viewer: Actor,
  contexts?: number,
): FeatureDetail {
  const reader = readerOf(saeId);
  const { manifest } = reader;
  const feature = featureOf(reader, index, contexts);
  const near = feature.neighbours.slice(0, NEIGHBOURS_SHOWN);
  const together = feature.coFiring.features;
  const related = relatedFeatures(reader, [...near, ...together], viewer);
  return {
    saeId: manifest.saeId,
    saeHash: manifest.saeHash,
    index,
    dSae: manifest.dSae,
    firingCount: feature.firingCount,
    tokens: manifest.tokens,
    density: feature.firingCount / manifest.tokens,
    densityPercentile:
      feature.lessFrequent === null ? null : feature.lessFrequent / reader.live,
    meanActivation: feature.meanActivation,
    maxActivation: feature.maxActivation,
    largestActivation: reader.largestActivation,
    moments: feature.moments,
    encoderDecoderCosine: feature.encoderDecoderCosine,
    histogram: feature.histogram,
    topTokens: feature.topTokens.map(withToken),
    positiveLogits: feature.positiveLogits.map(withToken),
    negativeLogits: feature.negativeLogits.map(withToken),
    logitHistogram: feature.logitHistogram,
    neighbours: related(near),
    neighbourCount: feature.neighbours.length,
    coFiring: { ...feature.coFiring, features: related(together) },
    places: places(reader, feature),
    basis: feature.basis,
    groups: exampleGroups(feature.examples),
    labels: featureLabels(saeId, index, viewer),
    previous: feature.previous,
    next: feature.next,
    measured: measured(reader),
  };
}

/** Every neighbour that is known. @throws AppError "not_found". */
export function getNeighbours(
  saeId: string,
  index: number,
  viewer: Actor,
): { neighbours: Neighbour[] } {
  const reader = readerOf(saeId);
  const { neighbours } = featureOf(reader, index);
  return {
    neighbours: relatedFeatures(reader, neighbours, viewer)(neighbours),
  };
}

function featureOf(
  reader: IndexReader,
  index: number,
  contexts?: number,
): FeatureDetailRow {
  assertFeature(reader, index);
  const feature = reader.feature(index, contexts);
  if (feature) return feature;
  throw new AppError(
    "unavailable",
    `Feature ${index} is missing from the index; build it again with \`npm run index\`.`,
  );
}

function withToken<T extends { tokenId: number }>({ tokenId, ...rest }: T) {
  return { token: oneToken(tokenId), ...rest };
}

/**
 * Looks all of these features up at once; the function returned adds to each
 * of a list what is shown of it.
 */
function relatedFeatures(
  reader: IndexReader,
  features: readonly { feature: number }[],
  viewer: Actor,
) {
  const hides = hiddenFrom(viewer, reader.manifest.saeHash);
  const rows = reader.rows(features.map((f) => f.feature));
  return <T extends { feature: number }>(list: readonly T[]) =>
    list.flatMap((item): (T & RelatedFeature)[] => {
      const row = rows.get(item.feature);
      if (!row) return [];
      const { label, topTokens, density } = featureRow(row, hides);
      return [{ ...item, label, topTokens, density }];
    });
}

function places(reader: IndexReader, feature: FeatureDetailRow): Places {
  const { positionTokens, sources } = reader.manifest.places;
  const { places } = feature;
  const titles = reader.titles(places.topDocuments.map((d) => d.document));
  return {
    positions: places.positions.map((firings, i) => ({
      firings,
      tokens: positionTokens[i] ?? 0,
    })),
    sources: sources.map((source, i) => ({
      ...source,
      firings: places.sources[i] ?? 0,
    })),
    documents: places.documents,
    topDocuments: places.topDocuments.map(({ document, count }) => ({
      id: document,
      title: titles.get(document) ?? `document ${document}`,
      firings: count,
    })),
  };
}

function measured({ manifest }: IndexReader): Measured {
  const { modelName, modelHash, hookName, corpusName, corpusHash } = manifest;
  const { contextSize, tokens, createdAt, rules } = manifest;
  return {
    modelName,
    modelHash,
    hookName,
    corpusName,
    corpusHash,
    contextSize,
    tokens,
    indexedAt: createdAt,
    rules,
  };
}
