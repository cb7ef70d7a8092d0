import type { PackedCorpus } from "#lib/corpus/index";
import type { IndexManifest } from "#lib/db/records";
import type { IndexSummary, KeepOptions } from "./index-features";
import { KEEP } from "./index-features";
import { PER_FIFTH, PER_REASON, POOL_SIZE } from "./quiz/index";
import { QUANTILE_GROUPS } from "./quantile-sample";
import { WINDOW_AFTER, WINDOW_BEFORE } from "./top-contexts";
import { POSITION_PARTS } from "./text-places";
import { TOKEN_CAPACITY } from "./token-stats";

/** Points of the training curve that are kept. */
const CURVE_POINTS = 400;

export interface ManifestSources {
  schemaVersion: number;
  sae: {
    id: string;
    hash: string;
    config: {
      architecture: string;
      dIn: number;
      dSae: number;
      k: number | null;
      modelName: string;
      hookName: string;
    };
  };
  modelHash: string;
  corpus: Pick<PackedCorpus, "name" | "hash" | "contextSize">;
  /** What was read. */
  summary: Pick<IndexSummary, "sequences" | "tokens" | "places">;
  keep?: Partial<KeepOptions>;
  seed: number;
  /**
   * cfg.json, and runner_cfg.json, evaluation.json and metrics.jsonl if there
   * are, as read.
   */
  saeConfig: Record<string, unknown>;
  training: Record<string, unknown> | null;
  evaluation: Record<string, unknown> | null;
  metrics: string;
  now: Date;
}

/** What was measured, with what and by which rules: stored with the index. */
export function buildManifest(sources: ManifestSources): IndexManifest {
  const { sae, corpus, summary } = sources;
  const keep = { ...KEEP, ...sources.keep };
  return {
    schemaVersion: sources.schemaVersion,
    saeId: sae.id,
    saeHash: sae.hash,
    modelName: sae.config.modelName,
    modelHash: sources.modelHash,
    hookName: sae.config.hookName,
    architecture: sae.config.architecture,
    dIn: sae.config.dIn,
    dSae: sae.config.dSae,
    k: sae.config.k,
    corpusName: corpus.name,
    corpusHash: corpus.hash,
    contextSize: corpus.contextSize,
    sequences: summary.sequences,
    tokens: summary.tokens,
    places: summary.places,
    createdAt: sources.now.toISOString(),
    rules: rules(keep, sources.seed),
    saeConfig: sources.saeConfig,
    training: sources.training,
    evaluation: sources.evaluation,
    trainingCurve: parseTrainingCurve(sources.metrics),
    // Filled in by the writer, from the rows it wrote.
    counts: { features: 0, examples: 0, sequences: 0, documents: 0 },
    tables: {},
  };
}

function rules(keep: KeepOptions, seed: number): Record<string, string> {
  const held = TOKEN_CAPACITY / 2;
  return {
    tokens:
      "Beginning-of-text tokens (id 50256), also between documents, are neither counted nor shown as firing.",
    units:
      "Activations are in the SAE's own units, as its decoder reads them; density is firing tokens / tokens read.",
    top: `The ${keep.top} strongest contexts; a sequence counts once, by its strongest token; contexts with the same ${WINDOW_BEFORE} tokens before and ${WINDOW_AFTER} after that token (cut at document ends) count once; equal activations are ranked by sequence number.`,
    quantiles: `${keep.sample} firing tokens drawn uniformly (all, if it fired less often), sorted by activation and cut into ${QUANTILE_GROUPS} groups of equal count; ${keep.perQuantile} shown of each, where possible from sequences not shown elsewhere. Seed ${seed}.`,
    quizzes: `Kept back for quizzes and shown nowhere else of the feature: up to ${PER_FIFTH} firing contexts of each fifth of those drawn, and up to ${PER_REASON} each of contexts in which it is silent though they hold one of its top tokens, though a related feature fires, and others. Silence is exact, on ${POOL_SIZE} sequences spread over the text.`,
    histogram:
      "Exact counts of all non-zero activations in up to 64 bins of equal width from 0 to the maximum; zero is in no bin.",
    topTokens: `The ${keep.topTokens} tokens on which it fired most often. Exact for features that fire on up to ${TOKEN_CAPACITY} different tokens; for others a count may be too low by at most 1/${held} of the feature's firings.`,
    logits:
      "((decoder − its mean) ⊙ final LayerNorm weight) · token unembedding, less the mean over the vocabulary.",
    neighbours: `The ${keep.neighbours} features with the largest cosine between decoder directions.`,
    coFiring: `The ${keep.coFiring} features whose firings correlate most with the feature's (Pearson's correlation of firing or not), counted on all tokens or, where that would be too many, on every second, fourth … token; both numbers are shown.`,
    places: `Exact counts by ${POSITION_PARTS} equal parts of the sequence, by source and by document.`,
    atlas:
      "UMAP of the live features' decoder directions from their 15 nearest neighbours by cosine; axes have no meaning, only nearness has.",
  };
}

/**
 * Whether two indexes say the same: same SAE, model, text, rules, evaluation.
 * The date is left out, and so is what the tables hold, which follows.
 */
export function sameIndex(a: IndexManifest, b: IndexManifest): boolean {
  const essence = (manifest: IndexManifest): string =>
    JSON.stringify(
      { ...manifest, createdAt: null, counts: null, tables: null },
      // Keys in one order, whoever wrote the object.
      (_, value: unknown) => sortKeys(value),
    );
  return essence(a) === essence(b);
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/**
 * The numbers of metrics.jsonl, at most 400 lines of it, evenly picked, the
 * first and the last among them. Lines that are not JSON objects (a training
 * killed while writing leaves half a line) are left out.
 */
export function parseTrainingCurve(jsonl: string): Record<string, number>[] {
  const lines = jsonl
    .split("\n")
    .map(parseLine)
    .filter((line) => line !== undefined);
  const last = lines.length - 1;
  if (last < CURVE_POINTS) return lines;
  return Array.from(
    { length: CURVE_POINTS },
    (_, i) => lines[Math.round((i * last) / (CURVE_POINTS - 1))]!,
  );
}

function parseLine(line: string): Record<string, number> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const numbers = Object.entries(value).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  return numbers.length === 0 ? undefined : Object.fromEntries(numbers);
}
