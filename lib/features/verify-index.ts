import { BOS } from "#lib/corpus/index";
import { IndexScan } from "#lib/db/index-scan";
import type { ScannedExample, ScannedFeature } from "#lib/db/index-scan";
import type { IndexManifest } from "#lib/db/records";
import { quizProblems } from "./verify-quizzes";

export interface IndexReport {
  saeId: string;
  /** Rows there really are. */
  counts: IndexManifest["counts"];
  /** What is wrong, a sentence each; empty when the index is sound. */
  problems: string[];
}

/** More are counted, but not described. */
const MAX_PROBLEMS = 20;

/**
 * Reads an index database through and checks it against its manifest and
 * against what the index promises: every table holds what was written, by
 * number of rows and hash; every row is there; activations are
 * positive, in order, inside the sequence and never on BOS; an example's peak
 * is where it says; top contexts are ranked, of distinct sequences and peak at
 * their maximum; histograms add up to the firing counts; the atlas has a place
 * for every live feature and for no other.
 *
 * @throws AppError when the file is missing, damaged or of another version.
 */
export function verifyIndex(file: string): IndexReport {
  const scan = IndexScan.open(file);
  try {
    const { manifest } = scan;
    const counts = scan.counts();
    const problems: string[] = [];
    let found = 0;
    const report = (problem: string | undefined): void => {
      if (problem === undefined) return;
      if (++found <= MAX_PROBLEMS) problems.push(problem);
    };
    const integrity = scan.integrity();
    if (integrity !== "ok") report(`SQLite says: ${integrity}.`);
    checkCounts(manifest, counts).forEach(report);
    const dangling = scan.danglingSegments();
    if (dangling > 0) {
      report(`${dangling} segments name a missing sequence or document.`);
    }
    checkTables(manifest, scan.tables()).forEach(report);
    const maxima = checkFeatures(scan, manifest, report);
    report(problemOfAtlas(scan, manifest, maxima));
    checkExamples(scan, manifest, maxima, report);
    for (const problem of quizProblems(scan)) report(problem);
    if (found > MAX_PROBLEMS) {
      problems.push(`… and ${found - MAX_PROBLEMS} more.`);
    }
    return { saeId: manifest.saeId, counts, problems };
  } finally {
    scan.close();
  }
}

type Report = (problem: string | undefined) => void;

function checkCounts(
  manifest: IndexManifest,
  counts: IndexManifest["counts"],
): string[] {
  const problems: string[] = [];
  for (const name of Object.keys(counts) as (keyof typeof counts)[]) {
    if (counts[name] !== manifest.counts[name]) {
      problems.push(
        `There are ${counts[name]} ${name}; the manifest says ${manifest.counts[name]}.`,
      );
    }
  }
  if (counts.features !== manifest.dSae) {
    problems.push(
      `There are ${counts.features} features; the SAE has ${manifest.dSae}.`,
    );
  }
  return problems;
}

function checkTables(
  manifest: Partial<IndexManifest>,
  found: IndexManifest["tables"],
): string[] {
  const { tables } = manifest;
  if (tables === undefined) {
    return ["The manifest has no hashes: an older Monolex wrote it."];
  }
  const names = new Set([...Object.keys(tables), ...Object.keys(found)]);
  return [...names].flatMap((name) => {
    const [wrote, there] = [tables[name], found[name]];
    if (there === undefined) return [`The table ${name} is missing.`];
    if (wrote === undefined) return [`The table ${name} does not belong here.`];
    if (wrote.rows !== there.rows) {
      return [
        `The table ${name} has ${there.rows} rows; the manifest says ${wrote.rows}.`,
      ];
    }
    return wrote.sha256 === there.sha256
      ? []
      : [`The table ${name} does not hold what was written: its hash differs.`];
  });
}

function problemOfAtlas(
  scan: IndexScan,
  manifest: IndexManifest,
  maxima: ReadonlyMap<number, number>,
): string | undefined {
  const atlas = scan.atlas();
  if (atlas === undefined) return "There is no atlas.";
  const { positions, sources } = atlas;
  const { dSae, places } = manifest;
  if (positions.length !== 2 * dSae || sources.length !== dSae) {
    return `The atlas is not one of ${dSae} features.`;
  }
  for (const [feature, max] of maxima) {
    const [x, y] = [positions[2 * feature]!, positions[2 * feature + 1]!];
    const placed = Math.abs(x) <= 1 && Math.abs(y) <= 1;
    if (placed !== max > 0) {
      return max > 0
        ? `Feature ${feature} has no place in the atlas.`
        : `Feature ${feature} never fired, but has a place in the atlas.`;
    }
    if (max > 0 && sources[feature]! >= places.sources.length) {
      return `Feature ${feature} is in the atlas with a source that is not there.`;
    }
  }
  return undefined;
}

/** @returns every feature's largest activation. */
function checkFeatures(
  scan: IndexScan,
  manifest: IndexManifest,
  report: Report,
): Map<number, number> {
  const maxima = new Map<number, number>();
  for (const feature of scan.features()) {
    report(problemOfFeature(feature, manifest));
    maxima.set(feature.index, feature.maxActivation);
  }
  return maxima;
}

function problemOfFeature(
  feature: ScannedFeature,
  manifest: IndexManifest,
): string | undefined {
  const { index, firingCount, meanActivation, maxActivation } = feature;
  const { counts, binWidth } = feature.histogram;
  const binned = counts.reduce((a, b) => a + b, 0);
  const say = (what: string): string => `Feature ${index}: ${what}.`;
  if (index >= manifest.dSae) return say(`the SAE has ${manifest.dSae}`);
  if (firingCount > manifest.tokens) {
    return say(`it fired ${firingCount} times on ${manifest.tokens} tokens`);
  }
  if (meanActivation > maxActivation) {
    return say(`its mean ${meanActivation} is above its maximum`);
  }
  if (binned !== firingCount) {
    return say(`its histogram holds ${binned} of ${firingCount} activations`);
  }
  if (maxActivation > binWidth * counts.length) {
    return say(`its histogram ends below its maximum ${maxActivation}`);
  }
  const stray = feature.neighbours.find(
    (n) => n === index || n < 0 || n >= manifest.dSae,
  );
  if (stray !== undefined) return say(`${stray} cannot be its neighbour`);
  return undefined;
}

function checkExamples(
  scan: IndexScan,
  manifest: IndexManifest,
  maxima: ReadonlyMap<number, number>,
  report: Report,
): void {
  let previous: ScannedExample | undefined;
  let shown = new Set<number>();
  for (const example of scan.examples()) {
    const sameGroup =
      previous?.feature === example.feature && previous.group === example.group;
    if (!sameGroup) shown = new Set();
    const before = sameGroup ? previous : undefined;
    const problem =
      problemOfActivations(example, scan, manifest) ??
      problemOfPeak(example, maxima.get(example.feature)) ??
      (example.group === "top"
        ? problemOfRank(example, before, shown)
        : undefined);
    if (problem !== undefined) {
      const group =
        example.group === "top" ? "top" : `quantile ${example.group + 1}`;
      report(
        `Feature ${example.feature}, ${group} example ${example.rank + 1}: ${problem}.`,
      );
    }
    shown.add(example.sequence);
    previous = example;
  }
}

function problemOfActivations(
  example: ScannedExample,
  scan: IndexScan,
  manifest: IndexManifest,
): string | undefined {
  const { positions, values, sequence } = example;
  const tokens = scan.sequence(sequence);
  if (tokens === undefined) return `sequence ${sequence} is missing`;
  if (tokens.length !== manifest.contextSize) {
    return `sequence ${sequence} has ${tokens.length} tokens`;
  }
  if (positions.length !== values.length) {
    return `${positions.length} positions, but ${values.length} activations`;
  }
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i]!;
    if (i > 0 && position <= positions[i - 1]!) {
      return `positions are not ascending at ${position}`;
    }
    if (position >= tokens.length) return `position ${position} is outside`;
    if (tokens[position] === BOS) return `it fires on BOS at ${position}`;
    if (!(values[i]! > 0 && values[i]! < Infinity)) {
      return `activation ${values[i]!} at ${position} is not positive`;
    }
  }
  return undefined;
}

function problemOfPeak(
  example: ScannedExample,
  featureMax: number | undefined,
): string | undefined {
  const { positions, values, peakPosition, peakValue } = example;
  if (featureMax === undefined) return "its feature is missing";
  const at = positions.indexOf(peakPosition);
  if (at < 0) return `nothing fires at its peak ${peakPosition}`;
  if (values[at] !== peakValue) {
    return `its peak is ${values[at]!}, not ${peakValue}`;
  }
  if (peakValue > featureMax) {
    return `its peak ${peakValue} is above the feature's maximum ${featureMax}`;
  }
  return undefined;
}

function problemOfRank(
  example: ScannedExample,
  before: ScannedExample | undefined,
  shown: ReadonlySet<number>,
): string | undefined {
  const { values, peakValue, sequence } = example;
  if (values.some((value) => value > peakValue)) {
    return `the sequence holds more than its peak ${peakValue}`;
  }
  if (before !== undefined && before.peakValue < peakValue) {
    return "it is stronger than the one before it";
  }
  if (shown.has(sequence)) return `sequence ${sequence} is shown twice`;
  return undefined;
}
