import { randomInt } from "node:crypto";
import type { FeatureRow } from "#lib/contract/index";
import type { FeatureListRow } from "#lib/db/index";
import { AppError } from "#lib/errors";
import { tokenTexts } from "#lib/gpt2/index";
import type { Hides } from "#lib/labels/index";
import type { Actor } from "#lib/policy";
import { hiddenFrom } from "./blind";
import { readerOf } from "./databases";

/** Rows of these features, in this order. */
export function featureRows(
  saeId: string,
  features: readonly number[],
  viewer: Actor,
): { features: FeatureRow[] } {
  const reader = readerOf(saeId);
  const rows = reader.rows(features);
  const hides = hiddenFrom(viewer, reader.manifest.saeHash);
  return {
    features: features.flatMap((feature) => {
      const row = rows.get(feature);
      return row ? [featureRow(row, hides)] : [];
    }),
  };
}

/** @param hides of which features the labels are kept from the viewer */
export function featureRow(row: FeatureListRow, hides: Hides): FeatureRow {
  const topTokens = Array.from(row.topTokens, oneToken);
  if (!hides(row.index)) return { ...row, topTokens };
  const unknown = { label: null, labelState: "unlabelled", labelCount: 0 };
  return {
    ...row,
    ...(unknown as Pick<FeatureRow, keyof typeof unknown>),
    topTokens,
  };
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
