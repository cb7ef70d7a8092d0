import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { openIndexDatabase } from "#lib/db/index-database";
import { INDEX_SCHEMA_VERSION } from "#lib/db/index-schema";
import { IndexWriter } from "#lib/db/index-writer";
import type { IndexManifest } from "#lib/db/records";
import { buildManifest } from "#lib/features/index";
import { writeCorpus } from "#lib/features/write-corpus";
import { decode } from "#lib/gpt2/index";
import { Clusters } from "../generate/clusters";
import { FeaturePlanner } from "../generate/feature-plan";
import { FeatureRecords, type ExampleCounts } from "../generate/feature-record";
import { Firings } from "../generate/firings";
import { GeneratedText } from "../generate/generated-text";
import { formatCount } from "../_cli/progress";
import type { StepUi } from "./console";
import { DEFAULT_CORPUS, openCorpus } from "./corpus";
import { indexFile } from "./index-features";
import { isCurrent } from "./index-manifest";

export interface GenerateRequest {
  /** Name of the index, as that of an SAE. */
  saeId: string;
  features: number;
  /** Contexts a feature: those it fires in most, and of each fifth. */
  examples: number;
  /** About how much of the default corpus they fire on. */
  tokens: number;
  seed: number;
  /** Generate again even if the index is there. */
  restart: boolean;
  /** The SAE whose index it is to pass for; default: none that exists. */
  sae?: { hash: string; dIn: number; k: number };
}

export interface GenerateResult {
  saeId: string;
  saeHash: string;
  file: string;
  status: "finished" | "already";
  bytes: number;
  counts: IndexManifest["counts"];
}

/** What GPT-2 small's SAEs read; nothing is computed with it. */
const NO_SAE = { dIn: 768, k: 64 };
/** Of 9 examples 4 are top contexts and 5 one of each fifth. */
const GROUP_SHARE = 9;

/**
 * Writes an index that no SAE is behind: features that fire on tokens of the
 * default corpus, as often and as unevenly as real ones, with everything the
 * app shows of them. Same request, same bytes.
 */
export async function runGenerate(
  request: GenerateRequest,
  ui: StepUi,
): Promise<GenerateResult> {
  const choice = { ...DEFAULT_CORPUS, maxTokens: request.tokens };
  const { train: corpus } = await openCorpus(choice, ui);
  const text = new GeneratedText(corpus);
  const manifest = manifestOf(request, text);
  const file = indexFile(request.saeId);
  if (!request.restart && isCurrent(file, manifest)) {
    ui.say(`generate already done: ${file}`);
    return describe(file, "already");
  }
  ui.say(
    `generate ${request.saeId}: ${request.features} features on ${formatCount(text.measured)} tokens of ${corpus.name}, seed ${request.seed}`,
  );
  const writer = IndexWriter.create(file, { decode });
  try {
    const all = Uint32Array.from({ length: corpus.sequences }, (_, i) => i);
    writeCorpus(corpus, all, writer);
    await writeFeatures(writer, request, text, ui);
    ui.say("generate text search and orders …");
    writer.finish(manifest);
  } catch (error) {
    writer.abort();
    throw error;
  }
  return describe(file, "finished");
}

async function writeFeatures(
  writer: IndexWriter,
  request: GenerateRequest,
  text: GeneratedText,
  ui: StepUi,
): Promise<void> {
  const { features, seed } = request;
  const clusters = new Clusters(features, seed);
  const planner = new FeaturePlanner(text, seed);
  const firings = new Firings(text, seed);
  const records = new FeatureRecords(text, clusters, {
    seed,
    dIn: (request.sae ?? NO_SAE).dIn,
    examples: exampleCounts(request.examples),
  });
  const atlas = new Float32Array(2 * features).fill(NaN);
  const sources = new Uint16Array(features);
  const bar = ui.progress("generate", { unit: "features", total: features });
  for (let index = 0; index < features; index++) {
    const plan = planner.plan(index, clusters.of(index));
    firings.find(index, plan);
    const { record, source } = records.describe(index, plan, firings);
    writer.addFeature(record);
    sources[index] = source;
    if (firings.count > 0) atlas.set(clusters.position(index), 2 * index);
    if (index % 256 !== 255) continue;
    bar.update(index + 1);
    // Writing never waits, and a Ctrl-C has to get through.
    await setImmediate();
    ui.signal.throwIfAborted();
  }
  writer.addAtlas(atlas, sources);
  bar.update(features);
  bar.finish();
}

/** 40 → 20 top contexts and 4 of each fifth; 45 → 20 and 5. */
export function exampleCounts(examples: number): ExampleCounts {
  const perQuantile = Math.floor(examples / GROUP_SHARE);
  return { perQuantile, top: examples - 5 * perQuantile };
}

function manifestOf(
  request: GenerateRequest,
  text: GeneratedText,
): IndexManifest {
  const { saeId, features, seed, sae } = request;
  const { corpus } = text;
  const { top, perQuantile } = exampleCounts(request.examples);
  const all = Uint32Array.from({ length: corpus.sequences }, (_, i) => i);
  const { dIn, k } = sae ?? NO_SAE;
  const manifest = buildManifest({
    schemaVersion: INDEX_SCHEMA_VERSION,
    sae: {
      id: saeId,
      hash: sae?.hash ?? sha256(`generated ${saeId}`),
      config: {
        architecture: "topk",
        dIn,
        dSae: features,
        k,
        modelName: sae ? "mini-gpt2" : "none",
        hookName: "blocks.2.hook_resid_post",
      },
    },
    modelHash: sha256("no model"),
    corpus,
    summary: {
      sequences: corpus.sequences,
      tokens: text.measured,
      places: text.places.count(all),
    },
    keep: { top, perQuantile },
    seed,
    saeConfig: { d_in: dIn, d_sae: features, k },
    training: null,
    evaluation: null,
    metrics: "",
    now: new Date("2026-01-01T00:00:00Z"),
  });
  const note = `Nothing here was measured: features, contexts and effects are generated from seed ${seed}, on real text, to try the app at this size.`;
  return { ...manifest, rules: { generated: note, ...manifest.rules } };
}

function describe(
  file: string,
  status: GenerateResult["status"],
): GenerateResult {
  const { connection, manifest } = openIndexDatabase(file);
  connection.close();
  const { saeId, saeHash, counts } = manifest;
  const bytes = statSync(file).size;
  return { saeId, saeHash, file, status, bytes, counts };
}

const sha256 = (text: string) =>
  createHash("sha256").update(text).digest("hex");
