import { createHash } from "node:crypto";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { AppError } from "#lib/errors";
import { readCache, writeCache } from "./cache";
import { nameCorpus, type SplitCorpus } from "./corpus";
import type { DocumentSource } from "./document";
import { Mixture } from "./mixture";
import { packDocuments } from "./pack";
import { bundledSource } from "./sources/bundled";
import { findLocalSource } from "./sources/local";

export interface CorpusProgress {
  /** Bytes of the source read, and its size. */
  done: number;
  total: number;
  /** Tokens kept so far. */
  tokens: number;
}

export interface CorpusOptions {
  /** "default", the path of a file or folder, or a data set "owner/name". */
  source: string;
  /** Folder with the files of a data set, downloaded if need be. */
  fetchDataset?: ((id: string) => Promise<string>) | undefined;
  /** Tokens in a sequence, its BOS included. */
  contextSize: number;
  /** Field or column with the text in .jsonl and .parquet files. */
  field?: string | undefined;
  /** Keep a fair sample of this many tokens, held-out ones included. */
  maxTokens?: number | undefined;
  /** Share of the documents held out, from 0 to below 1. */
  heldOutFraction: number;
  seed: number;
  tokenize: (text: string) => Uint16Array;
  /** Folder of the token cache. */
  cacheDir: string;
  onProgress?: ((progress: CorpusProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Texts → packed token sequences, split by document. The same options give
 * the same sequences; they are kept in `cacheDir` and read from there next
 * time.
 * @throws AppError when the source is unknown, unreadable or too small.
 */
export async function loadCorpus(options: CorpusOptions): Promise<SplitCorpus> {
  checkOptions(options);
  const source = await openSource(options);
  const file = join(options.cacheDir, cacheName(source, options));
  const cached = await readCache(file);
  if (cached !== undefined) return cached;

  const mixture = await readMixture(source, options);
  if (mixture.tokens === 0) {
    throw new AppError("invalid", `The corpus ${source.name} holds no text.`);
  }
  const { contextSize } = options;
  const split = mixture.split(options.heldOutFraction, contextSize);
  const corpus = {
    train: nameCorpus(source.name, packDocuments(split.train, contextSize)),
    heldOut: nameCorpus(source.name, packDocuments(split.heldOut, contextSize)),
  };
  if (
    corpus.train.sequences === 0 ||
    (corpus.heldOut.sequences === 0 && options.heldOutFraction > 0)
  ) {
    throw new AppError(
      "invalid",
      `The corpus ${source.name} is too small: its ${String(mixture.tokens)} tokens in ${documentCount(split)} do not fill one sequence of ${String(contextSize)} tokens to train on and one to hold out.`,
    );
  }
  await writeCache(file, corpus);
  return corpus;
}

async function openSource(options: CorpusOptions): Promise<DocumentSource> {
  const { source, field = "text", fetchDataset } = options;
  if (source === "default") return bundledSource();
  const local = await findLocalSource(source, field);
  if (local !== undefined) return local;
  if (fetchDataset !== undefined && DATASET_ID.test(source)) {
    const files = await findLocalSource(await fetchDataset(source), field);
    if (files !== undefined) return { ...files, name: source };
  }
  throw new AppError(
    "not_found",
    `There is no corpus "${source}"; give "default", a .txt, .jsonl or .parquet file, a folder of them, or a Hugging Face dataset as owner/name.`,
  );
}

/** A name of the hub, and not the path of a file that is not there. */
const DATASET_ID =
  /^[\w-][\w.-]*\/(?!.*\.(txt|jsonl|ndjson|parquet)$)[\w-][\w.-]*$/i;

async function readMixture(
  source: DocumentSource,
  options: CorpusOptions,
): Promise<Mixture> {
  const { tokenize, onProgress, signal } = options;
  const mixture = new Mixture(options.seed, options.maxTokens);
  let done = 0;
  const count = (bytes: number): void => {
    done += bytes;
  };
  let since = 0; // characters
  for await (const document of source.documents(count)) {
    mixture.offer(document, tokenize);
    since += document.text.length;
    if (since < 200_000) continue;
    since = 0;
    onProgress?.({ done, total: source.totalBytes, tokens: mixture.tokens });
    // Tokenising never waits, and a Ctrl-C has to get through.
    await setImmediate();
    signal?.throwIfAborted();
  }
  return mixture;
}

/** Differs wherever the result would. */
function cacheName(source: DocumentSource, options: CorpusOptions): string {
  const key = JSON.stringify([
    source.identity,
    options.contextSize,
    options.maxTokens ?? null,
    options.heldOutFraction,
    options.seed,
    // Stands for the tokeniser, which has no name here.
    [...options.tokenize("Tokenisers differ: in 1,024 ways, naïvely 🙂\n\n")],
  ]);
  const id = createHash("sha256").update(key).digest("hex").slice(0, 16);
  const name = source.name.replace(/[^\w.-]+/g, "_").slice(0, 60);
  return `${name}-${id}.tokens`;
}

function checkOptions(options: CorpusOptions): void {
  const { contextSize, heldOutFraction, maxTokens } = options;
  if (!Number.isInteger(contextSize) || contextSize < 2) {
    throw new AppError(
      "invalid",
      `A sequence must have at least 2 tokens, not ${String(contextSize)}.`,
    );
  }
  if (!(heldOutFraction >= 0 && heldOutFraction < 1)) {
    throw new AppError(
      "invalid",
      `The share held out must be at least 0 and below 1, not ${String(heldOutFraction)}.`,
    );
  }
  if (
    maxTokens !== undefined &&
    !(Number.isInteger(maxTokens) && maxTokens > 0)
  ) {
    throw new AppError(
      "invalid",
      `The number of tokens must be a whole number of at least 1, not ${String(maxTokens)}.`,
    );
  }
}

function documentCount(split: {
  train: unknown[];
  heldOut: unknown[];
}): string {
  const count = split.train.length + split.heldOut.length;
  return count === 1 ? "1 document" : `${String(count)} documents`;
}
