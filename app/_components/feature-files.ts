"use client";

import type { FeatureDetail } from "#lib/contract/index";
import { saveFile } from "./clipboard";

/** The whole record, as the API answers it. */
export function featureJson(feature: FeatureDetail): string {
  return JSON.stringify(feature, null, 2);
}

/** Saves a part of the feature as a file; says which. */
export function saveFeature(
  feature: FeatureDetail,
  what: "json" | "contexts" | "histogram" | "tokens",
): string {
  const { saeId, index } = feature;
  const [contents, type, ending] =
    what === "json"
      ? [featureJson(feature), "application/json", "json"]
      : [TABLES[what](feature), "text/csv;charset=utf-8", "csv"];
  const name = `${saeId}-${index}${what === "json" ? "" : `-${what}`}.${ending}`;
  saveFile(name, new Blob([contents], { type }));
  return `${name} saved`;
}

/** Rows of a table, its head first, as CSV (RFC 4180). */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  // A spreadsheet would take a text such as "=1+1" for a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const TABLES = {
  contexts: contextsCsv,
  histogram: histogramCsv,
  tokens: tokensCsv,
};

/** One row a context: where it stands, its text, and every activation in it. */
export function contextsCsv({ groups }: FeatureDetail): string {
  return toCsv([
    [
      "group",
      "rank",
      "activation",
      "sequence",
      "position",
      "document",
      "source",
      "document_token",
      "peak_token",
      "text",
      "fires_at",
      "activations",
    ],
    ...groups.flatMap((group) =>
      group.examples.map((example, rank) => [
        group.name,
        rank + 1,
        example.peakValue,
        example.sequence,
        example.peakPosition,
        example.document.title,
        example.document.source,
        example.document.tokenOffset,
        example.tokens[example.peakPosition] ?? "",
        // Position 0 is BOS.
        example.tokens.slice(1).join(""),
        example.positions.join(" "),
        example.values.join(" "),
      ]),
    ),
  ]);
}

/** Both histograms; the silent tokens have a row of their own. */
export function histogramCsv(feature: FeatureDetail): string {
  const { histogram, logitHistogram, tokens, firingCount } = feature;
  const rows = (
    name: string,
    min: number,
    { binWidth, counts }: { binWidth: number; counts: number[] },
  ) =>
    counts.map((count, i) => [
      name,
      min + i * binWidth,
      min + (i + 1) * binWidth,
      count,
    ]);
  return toCsv([
    ["histogram", "above", "up_to", "tokens"],
    ["activation", 0, 0, tokens - firingCount],
    ...rows("activation", 0, histogram),
    ...rows("logit", logitHistogram.min, logitHistogram),
  ]);
}

/** The tokens it fires on most, and those whose logits it moves most. */
export function tokensCsv(feature: FeatureDetail): string {
  const { topTokens, positiveLogits, negativeLogits } = feature;
  const logits = (name: string, list: typeof positiveLogits) =>
    list.map(({ token, value }) => [name, token.id, token.text, "", value]);
  return toCsv([
    ["table", "token_id", "token", "times", "value"],
    ...topTokens.map(({ token, count, mean }) => [
      "fires_on",
      token.id,
      token.text,
      count,
      mean,
    ]),
    ...logits("raises", positiveLogits),
    ...logits("lowers", negativeLogits),
  ]);
}
