import { randomInt } from "node:crypto";
import type {
  Example,
  ExampleGroup,
  FeatureDetail,
  FeaturePage,
  FeatureQuery,
  FeatureRow,
} from "#lib/contract/index";
import {
  type FeatureExample,
  type FeatureListRow,
  type IndexReader,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import { tokenTexts } from "#lib/gpt2/index";
import { assertFeature, readerOf } from "./databases";
import { featureLabels } from "./labels";

/** One page of the feature table. */
export function listFeatures(saeId: string, query: FeatureQuery): FeaturePage {
  const { features, ...page } = readerOf(saeId).list(query);
  return { features: features.map(featureRow), ...page };
}

export function featureRow(row: FeatureListRow): FeatureRow {
  return { ...row, topTokens: Array.from(row.topTokens, oneToken) };
}

/** A token by itself: bytes that are no whole character show as U+FFFD. */
export const oneToken = (id: number) => tokenTexts([id])[0]!;

/** The number of a live feature, each as likely as another. */
export function randomFeature(saeId: string): { index: number } {
  const index = readerOf(saeId).randomLive(randomInt(2 ** 40) / 2 ** 40);
  if (index === undefined) {
    throw new AppError("not_found", "No feature of this SAE ever fired.");
  }
  return { index };
}

/** All of one feature. @throws AppError "not_found". */
export function getFeature(saeId: string, index: number): FeatureDetail {
  const reader = readerOf(saeId);
  const { manifest } = reader;
  assertFeature(reader, index);
  const feature = reader.feature(index);
  if (!feature) {
    throw new AppError(
      "unavailable",
      `Feature ${index} is missing from the index; build it again with \`npm run index\`.`,
    );
  }
  const withToken = <T extends { tokenId: number }>({
    tokenId,
    ...rest
  }: T) => ({
    token: oneToken(tokenId),
    ...rest,
  });
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
    encoderDecoderCosine: feature.encoderDecoderCosine,
    histogram: feature.histogram,
    topTokens: feature.topTokens.map(withToken),
    positiveLogits: feature.positiveLogits.map(withToken),
    negativeLogits: feature.negativeLogits.map(withToken),
    neighbours: neighbours(reader, feature.neighbours),
    groups: exampleGroups(feature.examples),
    labels: featureLabels(saeId, index),
    previous: feature.previous,
    next: feature.next,
  };
}

function neighbours(
  reader: IndexReader,
  near: { feature: number; cosine: number }[],
): FeatureDetail["neighbours"] {
  const rows = reader.rows(near.map((n) => n.feature));
  return near.flatMap(({ feature, cosine }) => {
    const row = rows.get(feature);
    if (!row) return [];
    const { label, topTokens, density } = featureRow(row);
    return [{ feature, cosine, label, topTokens, density }];
  });
}

/** Examples come in group by group. */
function exampleGroups(examples: FeatureExample[]): ExampleGroup[] {
  const groups: ExampleGroup[] = [];
  for (const example of examples) {
    const { group, peakValue } = example;
    const name = group === "top" ? "top" : `q${group + 1}`;
    let last = groups.at(-1);
    if (last?.name !== name) {
      last = { name, min: peakValue, max: peakValue, examples: [] };
      groups.push(last);
    }
    last.min = Math.min(last.min, peakValue);
    last.max = Math.max(last.max, peakValue);
    last.examples.push(readable(example));
  }
  return groups;
}

function readable(example: FeatureExample): Example {
  const { sequence, peakPosition, peakValue, document } = example;
  return {
    sequence,
    peakPosition,
    peakValue,
    tokens: tokenTexts(example.tokens),
    positions: Array.from(example.positions),
    values: Array.from(example.values),
    document,
  };
}
