import type { Database } from "better-sqlite3";
import { float32From, uint16From, uint32From } from "#lib/db/blobs";
import type { FeatureDetailJson } from "#lib/db/records";
import { setOf, type FeatureSet } from "./feature-set";

/** Features that fire on some of these tokens, and how often on which. */
export interface TokenSet extends FeatureSet {
  counts: Uint32Array;
  /** The token of these that each fires on most. */
  tokens: Uint16Array;
}

/** A feature's effect on the logit of one of the tokens asked for. */
export interface LogitSet extends FeatureSet {
  effects: Float32Array;
  tokens: Uint16Array;
}

interface TokenRow {
  features: Buffer;
  values: Buffer;
}

/**
 * Features that have one of the tokens among those they fire on most. The
 * score is count² / firings: often on them, and seldom elsewhere.
 *
 * @param firings of every feature
 */
export function tokenSet(
  db: Database,
  tokenIds: readonly number[],
  firings: Uint32Array,
): TokenSet {
  const sum = new Uint32Array(firings.length);
  const most = new Uint32Array(firings.length);
  const tokenOf = new Uint16Array(firings.length);
  let size = 0;
  const read = db.prepare<[number], TokenRow>(
    "SELECT features, counts AS 'values' FROM token_firings WHERE token = ?",
  );
  for (const token of tokenIds) {
    const row = read.get(token);
    if (row === undefined) continue;
    const features = uint32From(row.features);
    const counts = uint32From(row.values);
    for (let i = 0; i < features.length; i++) {
      const feature = features[i]!;
      const count = counts[i]!;
      if (sum[feature] === 0) size++;
      sum[feature]! += count;
      if (count <= most[feature]!) continue;
      most[feature] = count;
      tokenOf[feature] = token;
    }
  }
  const features = present(sum, size);
  const counts = features.map((feature) => sum[feature]!);
  return {
    features,
    counts,
    tokens: Uint16Array.from(features, (feature) => tokenOf[feature]!),
    scores: Float64Array.from(
      features,
      (feature, i) => counts[i]! ** 2 / firings[feature]!,
    ),
  };
}

/**
 * Features with one of the tokens among those whose logits they raise (or
 * lower) most; the score is the size of the effect.
 */
export function logitSet(
  db: Database,
  tokenIds: readonly number[],
  sign: 1 | -1,
  dSae: number,
): LogitSet {
  const largest = new Float32Array(dSae);
  const tokenOf = new Uint16Array(dSae);
  let size = 0;
  const read = db.prepare<[number], TokenRow>(
    "SELECT features, effects AS 'values' FROM token_logits WHERE token = ?",
  );
  for (const token of tokenIds) {
    const row = read.get(token);
    if (row === undefined) continue;
    const features = uint32From(row.features);
    const effects = float32From(row.values);
    for (let i = 0; i < features.length; i++) {
      const feature = features[i]!;
      const effect = sign * effects[i]!;
      if (effect <= largest[feature]!) continue;
      if (largest[feature] === 0) size++;
      largest[feature] = effect;
      tokenOf[feature] = token;
    }
  }
  const features = present(largest, size);
  return {
    features,
    effects: Float32Array.from(features, (f) => sign * largest[f]!),
    tokens: Uint16Array.from(features, (f) => tokenOf[f]!),
    scores: Float64Array.from(features, (f) => largest[f]!),
  };
}

function present(values: Uint32Array | Float32Array, size: number) {
  const features = new Uint32Array(size);
  for (let feature = 0, at = 0; at < size; feature++) {
    if (values[feature] !== 0) features[at++] = feature;
  }
  return features;
}

/** The nearest features by decoder cosine that are known. */
export function likeSet(db: Database, feature: number): FeatureSet {
  const json = db
    .prepare<[number], string>(
      "SELECT json FROM feature_details WHERE feature = ?",
    )
    .pluck()
    .get(feature);
  if (json === undefined) return setOf(new Map());
  const { neighbours } = JSON.parse(json) as FeatureDetailJson;
  return setOf(new Map(neighbours.map((n) => [n.feature, n.cosine])));
}

/** The number of each feature's main source in the manifest: [dSae]. */
export function sourcesOf(db: Database): Uint16Array {
  return uint16From(
    db.prepare<[], Buffer>("SELECT sources FROM atlas").pluck().get()!,
  );
}
