import { statSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "#lib/compute/index";
import { settings } from "#lib/config";
import type { PackedCorpus } from "#lib/corpus/index";
import { openIndexDatabase } from "#lib/db/index-database";
import { IndexReader } from "#lib/db/index-reader";
import { IndexWriter } from "#lib/db/index-writer";
import type { IndexManifest } from "#lib/db/records";
import { AppError } from "#lib/errors";
import {
  countTokens,
  indexFeatures,
  selectSequences,
  TextPlaces,
  type IndexProgress,
  type KeepOptions,
} from "#lib/features/index";
import { decode, Gpt2, parseHook } from "#lib/gpt2/index";
import { createEncoder, loadSae, type Sae } from "#lib/sae/index";
import { formatCount, type Progress } from "../_cli/progress";
import type { StepUi } from "./console";
import { withEngine, type EngineRequest } from "./engine";
import { openModelFolder } from "./model";
import { DEFAULT_CORPUS, openCorpus, type CorpusChoice } from "./corpus";
import { findSae } from "./find-sae";
import { isCurrent, manifestMaker } from "./index-manifest";

export interface IndexRequest {
  /** A name in DATA_DIR/saes, or a folder in SAELens' format. */
  sae: string;
  corpus: Omit<CorpusChoice, "contextSize">;
  /** Index about this many tokens, spread over the training documents. */
  tokens: number;
  /** What to keep a feature; the rest is the default. */
  keep?: Partial<KeepOptions>;
  seed: number;
  /** Build again even if the index is up to date. */
  restart: boolean;
  /** What runs the model and the encoder; default: auto. */
  engine?: EngineRequest;
  threads?: number;
}

export interface IndexResult {
  saeId: string;
  file: string;
  status: "finished" | "already";
  bytes: number;
  tokens: number;
  counts: IndexManifest["counts"];
  liveFeatures: number;
}

/** What the commands index unless told otherwise. */
export const DEFAULT_INDEX = { tokens: 350_000, seed: 0 };

/** Where the index of an SAE lies. */
export function indexFile(saeId: string): string {
  return join(settings().dataDir, "index", `${saeId}.sqlite`);
}

/**
 * Finds what makes every feature of an SAE fire and writes it to
 * DATA_DIR/index/<saeId>.sqlite, in place of the index that was there; the old
 * one serves until then. Whatever goes wrong, nothing half-written stays.
 */
export function runIndex(
  request: IndexRequest,
  ui: StepUi,
): Promise<IndexResult> {
  return withEngine(request, ui, (engine) => indexOn(engine, request, ui));
}

async function indexOn(
  engine: Engine,
  request: IndexRequest,
  ui: StepUi,
): Promise<IndexResult> {
  const folder = await findSae(request.sae);
  const sae = await loadSae(folder);
  const { modelName, hookName, contextSize } = sae.config;
  const model = await Gpt2.load(await openModelFolder(modelName, ui), {
    name: modelName,
    engine,
  });
  try {
    parseHook(hookName, model.config);
    checkWidth(sae, model);
    const { train } = await openCorpus({ ...request.corpus, contextSize }, ui);
    return await indexSae({
      request,
      engine,
      ui,
      folder,
      sae,
      model,
      corpus: train,
    });
  } finally {
    await model.dispose();
  }
}

/** Indexes an SAE with the defaults, unless its index is up to date. */
export function ensureIndexed(saeId: string, ui: StepUi): Promise<IndexResult> {
  return runIndex(
    { sae: saeId, corpus: DEFAULT_CORPUS, ...DEFAULT_INDEX, restart: false },
    ui,
  );
}

/** Everything an index is made of, ready to run. */
export interface Loaded {
  request: IndexRequest;
  engine: Engine;
  ui: StepUi;
  folder: string;
  sae: Sae;
  model: Gpt2;
  corpus: PackedCorpus;
}

/** The step without its start-up: reads the text and writes the index. */
export async function indexSae(loaded: Loaded): Promise<IndexResult> {
  const { request, ui, sae, model, corpus } = loaded;
  const file = indexFile(sae.id);
  const sequences = selectSequences(corpus, request.tokens);
  const manifestFor = await manifestMaker({
    folder: loaded.folder,
    sae,
    modelHash: model.hash,
    corpus,
    keep: request.keep ?? {},
    seed: request.seed,
  });
  const expected = manifestFor({
    sequences: sequences.length,
    tokens: countTokens(corpus, sequences),
    places: new TextPlaces(corpus).count(sequences),
  });
  if (!request.restart && isCurrent(file, expected)) {
    ui.say(`index    already done: ${file}`);
    return describeIndex(file, "already");
  }
  ui.say(
    `index    ${sae.id}: ${expected.dSae} features on ${formatCount(expected.tokens)} tokens of ${corpus.name}, seed ${request.seed}`,
  );
  const encoder = await createEncoder(sae, { engine: loaded.engine });
  const bars = new IndexBars(ui);
  const writer = IndexWriter.create(file, { decode });
  try {
    const summary = await indexFeatures({
      corpus,
      sequences,
      residual: (tokens, batch) =>
        model.residual(tokens, batch, sae.config.hookName),
      encoder,
      sae,
      unembedding: model.unembedding,
      writer,
      seed: request.seed,
      keep: request.keep ?? {},
      signal: ui.signal,
      onProgress: bars.update,
      ...threadsOf(request),
    });
    writer.finish(manifestFor(summary));
    bars.finish();
  } catch (error) {
    writer.abort();
    throw error;
  } finally {
    await encoder.dispose();
  }
  return describeIndex(file, "finished");
}

/** Two bars, one after the other: the text is read, the features are written. */
class IndexBars {
  private step: IndexProgress["step"] = "tokens";
  private bar: Progress;

  constructor(private readonly ui: StepUi) {
    this.bar = ui.progress("index", { unit: "tokens" });
  }

  readonly update = ({ step, done, total }: IndexProgress): void => {
    if (step !== this.step) {
      this.bar.finish();
      this.step = step;
      this.bar = this.ui.progress("write", { unit: "features" });
    }
    this.bar.update(done, "", total);
  };

  finish(): void {
    this.bar.finish();
  }
}

function describeIndex(
  file: string,
  status: IndexResult["status"],
): IndexResult {
  const database = openIndexDatabase(file);
  try {
    const { manifest, live } = new IndexReader(database);
    return {
      saeId: manifest.saeId,
      file,
      status,
      bytes: statSync(file).size,
      tokens: manifest.tokens,
      counts: manifest.counts,
      liveFeatures: live,
    };
  } finally {
    database.connection.close();
  }
}

function checkWidth({ config }: Sae, model: Gpt2): void {
  if (config.dIn === model.config.dModel) return;
  throw new AppError(
    "invalid",
    `The SAE reads ${config.dIn} numbers a token, but ${model.name} has ${model.config.dModel}: it was trained on another model.`,
  );
}

function threadsOf(request: IndexRequest): { threads?: number } {
  return request.threads === undefined ? {} : { threads: request.threads };
}
