import type { FeaturePair, FeaturePairQuery } from "#lib/contract/index";
import type { FeatureDetailRow, IndexReader } from "#lib/db/index";
import { AppError, systemErrorCode } from "#lib/errors";
import { readDirections, type FeatureDirections } from "#lib/sae/index";
import { assertFeature, readerOf } from "./databases";
import { saeFolder } from "./paths";

/** One of the two features. */
export interface PairSide {
  reader: IndexReader;
  index: number;
  /** Its maximum over the corpus; 1 for a dead one. */
  max: number;
}

/** @throws AppError "not_found" for an unknown SAE or feature. */
export function pairSides(
  saeId: string,
  { a, b, other = saeId }: FeaturePairQuery,
): [PairSide, PairSide] {
  const side = (reader: IndexReader, index: number): PairSide => {
    assertFeature(reader, index);
    const row = reader.rows([index]).get(index);
    return { reader, index, max: row?.maxActivation || 1 };
  };
  return [side(readerOf(saeId), a), side(readerOf(other), b)];
}

/** What two features have to do with each other. */
export async function getFeaturePair(
  saeId: string,
  query: FeaturePairQuery,
): Promise<FeaturePair> {
  const sides = pairSides(saeId, query);
  const [a, b] = sides.map(detailed) as [DetailedSide, DetailedSide];
  const [ofA, ofB] = [await directionsOf(a), await directionsOf(b)];
  const [one, two] = [a.reader.manifest, b.reader.manifest];
  const cosine = (key: keyof FeatureDirections) =>
    ofA && ofB ? cosineOf(ofA[key], ofB[key]) : null;
  return {
    decoderCosine: cosine("decoder") ?? keptCosine(a, b),
    encoderCosine: cosine("encoder"),
    sameHook: one.modelHash === two.modelHash && one.hookName === two.hookName,
    coFiring: keptCoFiring(a, b),
  };
}

type DetailedSide = PairSide & { detail: FeatureDetailRow };

function detailed(side: PairSide): DetailedSide {
  const detail = side.reader.feature(side.index);
  if (detail) return { ...side, detail };
  throw new AppError(
    "unavailable",
    `Feature ${side.index} is missing from the index; build it again with \`npm run index\`.`,
  );
}

/**
 * The directions in the SAE's files; null when those are not there, or not the
 * ones that the index was built from.
 */
async function directionsOf({
  reader,
  index,
  detail,
}: DetailedSide): Promise<FeatureDirections | null> {
  try {
    const { saeId } = reader.manifest;
    const directions = await readDirections(saeFolder(saeId), index);
    const { encoder, decoder } = directions;
    const read = cosineOf(encoder, decoder) ?? NaN;
    // Hashing the weights would take long; another SAE's would not agree here.
    return Math.abs(read - detail.encoderDecoderCosine) < 1e-3
      ? directions
      : null;
  } catch (error) {
    if (error instanceof AppError || systemErrorCode(error) === "ENOENT") {
      return null;
    }
    throw error;
  }
}

/** Null for vectors of different spaces; a vector of norm 0 has cosine 0. */
function cosineOf(x: Float32Array, y: Float32Array): number | null {
  if (x.length !== y.length) return null;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  x.forEach((value, i) => {
    xy += value * y[i]!;
    xx += value * value;
    yy += y[i]! * y[i]!;
  });
  if (xx * yy === 0) return 0;
  return Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy)));
}

/** The cosine of two neighbours, as the index keeps it. */
function keptCosine(a: DetailedSide, b: DetailedSide): number | null {
  if (a.reader !== b.reader) return null;
  const kept =
    a.detail.neighbours.find((n) => n.feature === b.index) ??
    b.detail.neighbours.find((n) => n.feature === a.index);
  return kept?.cosine ?? null;
}

/** Kept for the features that fire together most. */
function keptCoFiring(
  a: DetailedSide,
  b: DetailedSide,
): FeaturePair["coFiring"] {
  if (a.reader !== b.reader) return null;
  const { coFiring } = a.detail;
  const kept =
    coFiring.features.find((f) => f.feature === b.index) ??
    b.detail.coFiring.features.find((f) => f.feature === a.index);
  if (kept === undefined) return null;
  const { count, correlation } = kept;
  const { tokens, firings } = coFiring;
  return { tokens, firingsA: firings, count, correlation };
}
