import type { SparseCode } from "#lib/compute/index";
import { TextPlaces } from "#lib/features/text-places";
import { FeaturePass } from "#lib/features/feature-pass";
import type { FeaturePassOptions } from "#lib/features/feature-pass";
import { QuizPool } from "#lib/features/quiz/index";
import { Rng } from "#lib/random";
import type { DenseCorpus } from "#test/reference/feature-index";

const BOS = 50256;

/**
 * A corpus made to be awkward: repeated passages (so that the same text earns
 * a place more than once), equal activations, separators inside sequences,
 * activations on separators (to be ignored), features from dead to always on,
 * activations over nine orders of magnitude.
 */
export function makeCorpus(
  seed: number,
  size: {
    sequences?: number;
    contextSize?: number;
    dSae?: number;
    vocabulary?: number;
  } = {},
): DenseCorpus {
  const { sequences = 60, contextSize = 24, dSae = 12, vocabulary = 30 } = size;
  const rng = new Rng(seed);
  const tokens = new Uint16Array(sequences * contextSize);
  for (let s = 0; s < sequences; s++) {
    const start = s * contextSize;
    if (s > 0 && rng.uniform() < 0.4) {
      // A passage seen before, shifted or not.
      const from = rng.below(s) * contextSize;
      const shift = rng.below(4);
      for (let p = 0; p < contextSize; p++) {
        tokens[start + p] =
          tokens[from + Math.min(p + shift, contextSize - 1)]!;
      }
    } else {
      for (let p = 0; p < contextSize; p++) {
        tokens[start + p] =
          rng.uniform() < 0.08 ? BOS : rng.below(vocabulary) ** 2 % vocabulary;
      }
    }
    tokens[start] = BOS;
  }
  const activations = new Float32Array(tokens.length * dSae);
  for (let row = 0; row < tokens.length; row++) {
    for (let f = 1; f < dSae; f++) {
      if (rng.uniform() >= (f / (dSae - 1)) ** 2) continue;
      // Few distinct values at even features (ties), many at odd ones.
      const raw =
        f % 2 === 0
          ? 1 + (tokens[row]! % 5)
          : Math.exp(rng.normal() * (f % 3 === 0 ? 4 : 0.5));
      activations[row * dSae + f] = raw;
    }
  }
  return { contextSize, sequences, dSae, tokens, activations };
}

/** The same activations as the encoder would give them. */
export function sparseRows(
  corpus: DenseCorpus,
  sequences: readonly number[],
  shuffle = new Rng(3),
): SparseCode {
  const { contextSize, dSae, activations } = corpus;
  const rowPtr = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const sequence of sequences) {
    for (let p = 0; p < contextSize; p++) {
      // The order inside a row is not specified.
      for (const f of shuffle.permutation(dSae)) {
        const at = (sequence * contextSize + p) * dSae + f;
        if (activations[at]! > 0) {
          indices.push(f);
          values.push(activations[at]!);
        }
      }
      rowPtr.push(indices.length);
    }
  }
  return {
    rows: rowPtr.length - 1,
    rowPtr: Uint32Array.from(rowPtr),
    indices: Uint32Array.from(indices),
    values: Float32Array.from(values),
  };
}

/** Streams the corpus through all accumulators. */
export function streamCorpus(
  corpus: DenseCorpus,
  options: Partial<FeaturePassOptions> & {
    batch?: number;
    order?: readonly number[];
  } = {},
): FeaturePass {
  const { contextSize, dSae } = corpus;
  const { batch = 7, order, ...rest } = options;
  const pass = new FeaturePass({
    dSae,
    contextSize,
    places: placesOf(corpus),
    top: 5,
    sample: 40,
    pool: poolOf(corpus),
    seed: 11,
    ...rest,
  });
  const all = order ?? Array.from({ length: corpus.sequences }, (_, i) => i);
  for (let from = 0; from < all.length; from += batch) {
    const rows = all.slice(from, from + batch);
    const tokens = Uint16Array.from(
      rows.flatMap((row) =>
        Array.from(
          corpus.tokens.subarray(row * contextSize, (row + 1) * contextSize),
        ),
      ),
    );
    pass.add(rows, tokens, sparseRows(corpus, rows));
  }
  return pass;
}

export function poolOf(corpus: DenseCorpus): QuizPool {
  const rows = Uint32Array.from(range(corpus.sequences));
  return new QuizPool(corpus, rows, corpus.dSae);
}

/** Documents of three sequences each, from two sources in turn. */
export function placesOf(
  corpus: Pick<DenseCorpus, "contextSize" | "sequences" | "tokens">,
): TextPlaces {
  const { contextSize, sequences, tokens } = corpus;
  const documents = range(Math.ceil(sequences / 3)).map((id) => ({
    id,
    title: `Document ${id}`,
    source: id % 2 === 0 ? "even.jsonl, line 7" : "odd.txt",
  }));
  const segments = range(sequences).map((sequence) => ({
    sequence,
    start: 0,
    document: Math.floor(sequence / 3),
    documentOffset: (sequence % 3) * contextSize,
  }));
  return new TextPlaces({
    name: "small",
    hash: "0".repeat(64),
    contextSize,
    sequences,
    tokens,
    documents,
    segments,
  });
}

export function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}
