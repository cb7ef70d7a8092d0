/**
 * What the index builder hands to the index database, one record a feature.
 * These are plain data: numbers, typed arrays and token ids, no text. Text is
 * made from token ids when a page asks for it.
 */

import type { DensityHistogram } from "./density";

/** One context of one feature: a packed sequence and where the feature fires. */
export interface ExampleRecord {
  /**
   * "top": the strongest contexts, strongest first; 0…4: a sample of firing
   * tokens from that equal-count activation quantile (0 = weakest fifth).
   */
  group: "top" | number;
  /** Row of the packed corpus; `IndexWriter.addSequences` stores its tokens. */
  sequence: number;
  /** Position of the token that earned the context its place (0 = BOS). */
  peakPosition: number;
  peakValue: number;
  /** Where this feature fires in the whole sequence, ascending. */
  positions: Uint16Array;
  /** Its activations there, same length as `positions`. */
  values: Float32Array;
}

/** Exact counts of a feature's non-zero activations in equal-width bins. */
export interface HistogramRecord {
  /** Bin i covers (i · binWidth, (i + 1) · binWidth]. Zero is not in any bin. */
  binWidth: number;
  counts: number[];
}

export interface TokenStatRecord {
  tokenId: number;
  /** How often the feature fired on this token. */
  count: number;
  /** Mean activation over those firings. */
  mean: number;
}

export interface LogitRecord {
  tokenId: number;
  /** (W_dec[i] · γ_final) W_U for this token, centred over the vocabulary. */
  value: number;
}

/** Counts of a feature's effects on all tokens' logits, in equal-width bins. */
export interface LogitHistogramRecord {
  /** Lower end of the first bin. */
  min: number;
  /** A power of two, so that two features' bins can be laid over each other. */
  binWidth: number;
  counts: number[];
}

/** Of the activations a feature fires with; see `FiringStats.moments`. */
export interface MomentsRecord {
  variance: number;
  skewness: number | null;
  kurtosis: number | null;
}

/** Where a feature fires; exact counts. */
export interface PlacesRecord {
  /** Firings by part of the sequence; parts as in the manifest. */
  positions: number[];
  /** Firings by source, as the manifest lists them. */
  sources: number[];
  /** Different documents it fires in. */
  documents: number;
  /** The documents it fires in most, most first. */
  topDocuments: { document: number; count: number }[];
}

/** What the text of an index consists of; BOS left out. */
export interface TextPlacesRecord {
  /** Tokens in each of equal parts of the sequences. */
  positionTokens: number[];
  sources: { name: string; tokens: number }[];
}

/** Features that fire on the same tokens, on the tokens held for this. */
export interface CoFiringRecord {
  /** Tokens held. */
  tokens: number;
  /** Firings of the feature on them. */
  firings: number;
  /** Most correlated first; `count` tokens on which both fire. */
  features: { feature: number; count: number; correlation: number }[];
}

/** A dimension of the residual stream and the decoder direction's part in it. */
export interface BasisRecord {
  dimension: number;
  /** Component of the decoder direction at length 1: a cosine. */
  weight: number;
}

/** Firing tokens drawn uniformly, by activation, weakest first. */
export interface SampleRecord {
  sequences: Uint32Array;
  positions: Uint16Array;
  values: Float32Array;
}

/** A part of a sequence in which the feature fires, for quizzes. */
export interface FiringContextRecord {
  sequence: number;
  /** First token of the part. */
  start: number;
  /** Quantile group of the firing it was drawn by (0 = weakest fifth). */
  group: number;
  /** Where it fires in the part; places are those in the sequence. */
  positions: Uint16Array;
  values: Float32Array;
}

/** Why a silent context is asked about; see `nearMisses`. */
export const SILENCE_REASONS = ["token", "related", "other"] as const;
export type SilenceReason = (typeof SILENCE_REASONS)[number];

/** A part of a sequence in which the feature is silent throughout. */
export interface SilentContextRecord {
  sequence: number;
  start: number;
  reason: SilenceReason;
}

/** Contexts kept back for quizzes: nothing else shows them of this feature. */
export interface QuizRecord {
  firing: FiringContextRecord[];
  silent: SilentContextRecord[];
}

export interface NeighbourRecord {
  feature: number;
  cosine: number;
}

export interface FeatureRecord {
  index: number;
  /** Tokens (BOS excluded) on which the feature was non-zero. */
  firingCount: number;
  /** Mean over firing tokens; 0 when it never fired. */
  meanActivation: number;
  maxActivation: number;
  moments: MomentsRecord;
  histogram: HistogramRecord;
  topTokens: TokenStatRecord[];
  positiveLogits: LogitRecord[];
  negativeLogits: LogitRecord[];
  logitHistogram: LogitHistogramRecord;
  neighbours: NeighbourRecord[];
  coFiring: CoFiringRecord;
  places: PlacesRecord;
  /** Largest components first. */
  basis: BasisRecord[];
  /** Cosine between the feature's encoder and decoder directions. */
  encoderDecoderCosine: number;
  examples: ExampleRecord[];
  sample: SampleRecord;
  quiz: QuizRecord;
}

/** What is kept of a feature as JSON, for its own page. */
export type FeatureDetailJson = Pick<
  FeatureRecord,
  | "encoderDecoderCosine"
  | "moments"
  | "histogram"
  | "topTokens"
  | "positiveLogits"
  | "negativeLogits"
  | "logitHistogram"
  | "neighbours"
  | "coFiring"
  | "places"
  | "basis"
>;

/** A document of the corpus, as far as the index needs it. */
export interface DocumentRecord {
  /** 0, 1, 2 … in corpus order. */
  id: number;
  /** e.g. "State of the Union, 1962, John F. Kennedy". */
  title: string;
  /** Which source it came from, e.g. "sotu". */
  source: string;
}

/**
 * A run of tokens of one sequence that comes from one document:
 * positions start … (next segment's start − 1) of the sequence are that
 * document's tokens from `documentOffset` on.
 */
export interface SegmentRecord {
  sequence: number;
  start: number;
  document: number;
  documentOffset: number;
}

/** What the SAE page shows of all features together. */
export interface IndexSummary extends DensityHistogram {
  /** See `AlignmentHistogram`; an older index has none. */
  alignment?: number[];
}

/** What a table of an index holds. */
export interface TableContents {
  rows: number;
  /** SHA-256 of all rows' values, in the table's own order. */
  sha256: string;
}

/** What was measured, with what: shown with every feature. */
export interface IndexManifest {
  schemaVersion: number;
  saeId: string;
  /** SHA-256 of sae_weights.safetensors. Labels hang on it. */
  saeHash: string;
  modelName: string;
  modelHash: string;
  hookName: string;
  architecture: string;
  dIn: number;
  dSae: number;
  /** For top-k families, else null. */
  k: number | null;
  corpusName: string;
  corpusHash: string;
  contextSize: number;
  sequences: number;
  /** Tokens the features were evaluated on (BOS excluded). */
  tokens: number;
  /** What the tokens are of. */
  places: TextPlacesRecord;
  createdAt: string;
  /** Rules, in words, e.g. how BOS, quantiles and duplicates are treated. */
  rules: Record<string, string>;
  /** cfg.json as trained (SAELens format). */
  saeConfig: Record<string, unknown>;
  /** How it was trained: runner_cfg.json; null where there is none. */
  training: Record<string, unknown> | null;
  /** Held-out evaluation; null until evaluated. */
  evaluation: Record<string, unknown> | null;
  /** Down-sampled metrics.jsonl for the training curves. */
  trainingCurve: Record<string, number>[];
  /** Row counts, written last; `verify` compares them. */
  counts: {
    features: number;
    examples: number;
    sequences: number;
    documents: number;
  };
  /** By name, every table but this one's; as `counts`. */
  tables: Record<string, TableContents>;
}
