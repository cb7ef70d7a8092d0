import { randomInt } from "node:crypto";
import type { FeatureRow } from "#lib/contract/index";
import type { FeatureListRow } from "#lib/db/index";
import { AppError } from "#lib/errors";
import { tokenTexts } from "#lib/gpt2/index";
import { readerOf } from "./databases";

/** Rows of these features, in this order. */
export function featureRows(
  saeId: string,
  features: readonly number[],
): { features: FeatureRow[] } {
  const rows = readerOf(saeId).rows(features);
  return {
    features: features.flatMap((feature) => {
      const row = rows.get(feature);
      return row ? [featureRow(row)] : [];
    }),
  };
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
