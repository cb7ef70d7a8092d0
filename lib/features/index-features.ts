import type { SparseCode } from "#lib/compute/index";
import type { PackedCorpus } from "#lib/corpus/index";
import type { TextPlacesRecord } from "#lib/db/records";
import type { IndexWriter } from "#lib/db/index-writer";
import { AppError } from "#lib/errors";
import { FeaturePass } from "./feature-pass";
import { QuizPool } from "./quiz/index";
import { TextPlaces } from "./text-places";
import { countTokens } from "./select-sequences";
import { writeCorpus } from "./write-corpus";
import { writeFeatures } from "./write-features";
import type { Unembedding } from "./logit-effects";

export interface IndexFeaturesOptions {
  corpus: PackedCorpus;
  /** Rows of the corpus to read, ascending (see `selectSequences`). */
  sequences: Uint32Array;
  /** Sequences a forward pass. */
  batchSize?: number;
  /**
   * tokens [batch × contextSize] → what the SAE reads there,
   * [batch × contextSize × dIn].
   */
  residual: (tokens: Uint16Array, batch: number) => Promise<Float32Array>;
  encoder: {
    encode(x: Float32Array, rows: number): Promise<SparseCode>;
  };
  /** Rows are features: W_enc and W_dec are [dSae × dIn]. */
  sae: {
    config: { dIn: number; dSae: number };
    W_enc: Float32Array;
    W_dec: Float32Array;
  };
  unembedding: Unembedding;
  writer: FeatureIndexWriter;
  seed: number;
  keep?: Partial<KeepOptions>;
  /** Threads of the dense products at the end. */
  threads?: number;
  signal?: AbortSignal;
  onProgress?: (progress: IndexProgress) => void;
}

/** How much is kept a feature. */
export interface KeepOptions {
  /** Top contexts. */
  top: number;
  /** Firing tokens sampled, from which the quantile groups are drawn. */
  sample: number;
  /** Examples a quantile group. */
  perQuantile: number;
  topTokens: number;
  /** Tokens at either end of the logit effects. */
  logits: number;
  neighbours: number;
  /** Features that fire on the same tokens. */
  coFiring: number;
}

export const KEEP: Readonly<KeepOptions> = {
  top: 20,
  sample: 100,
  perQuantile: 5,
  topTokens: 10,
  logits: 10,
  neighbours: 50,
  coFiring: 10,
};

/** The part of the index database's writer that the features need. */
export type FeatureIndexWriter = Pick<
  IndexWriter,
  "addDocuments" | "addSequences" | "addSegments" | "addFeature" | "addAtlas"
>;

export interface IndexProgress {
  /** "tokens" are read first, then "features" written; both are counted. */
  step: "tokens" | "features";
  done: number;
  total: number;
}

export interface IndexSummary {
  /** Tokens read, BOS excluded. */
  tokens: number;
  /** What the tokens are of. */
  places: TextPlacesRecord;
  sequences: number;
  documents: number;
  features: number;
  /** Features that fired at least once. */
  liveFeatures: number;
  examples: number;
  /** Activations seen. */
  firings: number;
}

/**
 * Reads the corpus once and writes everything the app shows of every feature.
 * What is kept in memory depends on the number of features and examples, not
 * on the corpus (docs/method.md, §4). Activations are in the
 * SAE's own units. Tokens equal to BOS are neither counted nor kept.
 *
 * The writer is left open: the caller finishes or aborts it.
 *
 * @throws the signal's reason when it is aborted.
 */
export async function indexFeatures(
  options: IndexFeaturesOptions,
): Promise<IndexSummary> {
  const { corpus, sequences, signal, seed } = options;
  const keep: KeepOptions = { ...KEEP, ...options.keep };
  checkKeep(keep);
  const places = new TextPlaces(corpus);
  const pass = new FeaturePass({
    dSae: options.sae.config.dSae,
    contextSize: corpus.contextSize,
    places,
    top: keep.top,
    sample: keep.sample,
    pool: new QuizPool(corpus, sequences, options.sae.config.dSae),
    seed,
  });
  const batchSize = options.batchSize ?? 32;
  const batches = Math.ceil(sequences.length / batchSize);
  const total = countTokens(corpus, sequences);
  const encodeBatch = (b: number) =>
    encode(options, sequences.subarray(b * batchSize, (b + 1) * batchSize));
  for await (const batch of workAhead(batches, encodeBatch)) {
    signal?.throwIfAborted();
    pass.add(batch.rows, batch.tokens, batch.code);
    options.onProgress?.({ step: "tokens", done: pass.tokens, total });
  }
  const documents = writeCorpus(corpus, sequences, options.writer);
  const read = places.count(sequences);
  const written = await writeFeatures(pass, keep, read, options);
  return {
    tokens: pass.tokens,
    places: read,
    sequences: sequences.length,
    documents,
    features: options.sae.config.dSae,
    liveFeatures: written.live,
    examples: written.examples,
    firings: pass.firings,
  };
}

interface EncodedBatch {
  rows: Uint32Array;
  tokens: Uint16Array;
  code: SparseCode;
}

async function encode(
  options: IndexFeaturesOptions,
  rows: Uint32Array,
): Promise<EncodedBatch> {
  const { contextSize, tokens: all } = options.corpus;
  const tokens = new Uint16Array(rows.length * contextSize);
  rows.forEach((row, i) => {
    const from = row * contextSize;
    tokens.set(all.subarray(from, from + contextSize), i * contextSize);
  });
  const x = await options.residual(tokens, rows.length);
  return { rows, tokens, code: await options.encoder.encode(x, tokens.length) };
}

/**
 * The results of start(0), start(1), … in order. Each is started before the
 * one before it is handed out, so an engine that computes off this thread
 * works while the results are taken in. On the way out, whatever happened,
 * the one under way is waited for: nobody disposes of an engine at work.
 */
async function* workAhead<T>(
  count: number,
  start: (i: number) => Promise<T>,
): AsyncGenerator<T> {
  let next: Promise<T> | undefined;
  try {
    if (count > 0) next = start(0);
    for (let i = 0; i < count; i++) {
      const current = await next!;
      if (i + 1 < count) next = start(i + 1);
      yield current;
    }
  } finally {
    await next?.catch(() => undefined);
  }
}

function checkKeep(keep: KeepOptions): void {
  for (const [name, value] of Object.entries(keep) as [string, number][]) {
    if (!Number.isInteger(value) || value < 1 || value > 1000) {
      throw new AppError(
        "invalid",
        `${name} must be a whole number from 1 to 1000, not ${value}.`,
      );
    }
  }
}
