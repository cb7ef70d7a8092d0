import type { z } from "zod";
import {
  rarityScore,
  type ownTextRequestSchema,
  type OwnTextResponse,
} from "#lib/contract/index";
import { tokenTexts } from "#lib/gpt2/index";
import type { Actor } from "#lib/policy";
import { hiddenFrom } from "./blind";
import { assertFeature, readerOf } from "./databases";
import { densities } from "./densities";
import { featureRow } from "./features";
import { lensKey, lensProcess } from "./lens-process";

/** Features of the whole text that are described. */
const MAX_FEATURES = 200;

/**
 * Runs the language model and the SAE on a text: the features that fire on
 * each token, and those of the whole text, ranked.
 *
 * @throws AppError "invalid" for a text that is too long, "not_found" for an
 *   unknown SAE or feature.
 */
export async function ownText(
  viewer: Actor,
  saeId: string,
  request: z.output<typeof ownTextRequestSchema>,
  signal?: AbortSignal,
): Promise<OwnTextResponse> {
  const started = performance.now();
  const { text, feature, perToken, sort, hideDenseAbove } = request;
  if (feature !== undefined) assertFeature(readerOf(saeId), feature);
  const read = await lensProcess().ask(
    "read",
    lensKey(saeId),
    { text, perToken, feature },
    signal,
  );
  // The index may have been replaced meanwhile: ask for the reader anew.
  const reader = readerOf(saeId);
  const { features } = read;
  const density = await densities(reader, features.feature);
  const ranked = Array.from(features.feature, (index, i) => ({
    index,
    maxValue: features.maxValue[i]!,
    maxToken: features.maxToken[i]!,
    sum: features.sum[i]!,
    tokensFired: features.tokensFired[i]!,
    rarity: rarityScore(features.maxValue[i]!, density[i]!),
  }))
    .filter((_, i) => density[i]! <= hideDenseAbove)
    .sort((a, b) => b[SORT_BY[sort]] - a[SORT_BY[sort]] || a.index - b.index);
  const hides = hiddenFrom(viewer, reader.manifest.saeHash);
  const rows = reader.rows(
    ranked.slice(0, MAX_FEATURES).map(({ index }) => index),
  );
  return {
    tokens: tokenTexts(read.tokens),
    perToken: perTokenLists(read.code),
    features: ranked.slice(0, MAX_FEATURES).flatMap(({ index, ...rest }) => {
      const row = rows.get(index);
      return row ? [{ row: featureRow(row, hides), ...rest }] : [];
    }),
    ...(read.featureValues && { featureValues: [...read.featureValues] }),
    milliseconds: Math.round(performance.now() - started),
  };
}

const SORT_BY = { max: "maxValue", sum: "sum", rarity: "rarity" } as const;

function perTokenLists(code: {
  rows: number;
  rowPtr: Uint32Array;
  indices: Uint32Array;
  values: Float32Array;
}): OwnTextResponse["perToken"] {
  return Array.from({ length: code.rows }, (_, t) => {
    const [from, to] = [code.rowPtr[t]!, code.rowPtr[t + 1]!];
    return Array.from(code.indices.subarray(from, to), (feature, i) => ({
      feature,
      value: code.values[from + i]!,
    }));
  });
}
