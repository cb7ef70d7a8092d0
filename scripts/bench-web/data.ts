import { existsSync } from "node:fs";
import { join } from "node:path";
import { settings } from "#lib/config";
import { Gpt2, resolveModel } from "#lib/gpt2/index";
import { Rng } from "#lib/random";
import { loadSae, randomUnitRows, saveSae } from "#lib/sae/index";
import type { StepUi } from "../_steps/console";
import { DEFAULT_CORPUS, openCorpus } from "../_steps/corpus";
import { runGenerate } from "../_steps/generate-index";
import { runMigrate } from "../_steps/migrate";
import type { Site } from "./requests";

export interface DataSize {
  features: number;
  examples: number;
  /** About how much text the features fire on. */
  tokens: number;
  /** Features with a label. */
  labels: number;
  seed: number;
}

/** The SAE that reads people's own text: random weights run like trained ones. */
const OWN_TEXT = { saeId: "own-text", features: 4096, k: 32 };

/**
 * Makes what is measured in DATA_DIR, unless it is there: the large index with
 * its labels, and a smaller one with an SAE that can be run.
 */
export async function prepareData(size: DataSize, ui: StepUi): Promise<Site> {
  runMigrate(ui);
  const saeId = `generated-${size.features}`;
  await runGenerate({ saeId, ...size, restart: false }, ui);
  const ownTextSae = await prepareOwnText(size, ui);
  const choice = { ...DEFAULT_CORPUS, maxTokens: size.tokens };
  const { train: corpus } = await openCorpus(choice, ui);
  return { saeId, features: size.features, ownTextSae, corpus };
}

async function prepareOwnText(size: DataSize, ui: StepUi): Promise<string> {
  const { saeId, k } = OWN_TEXT;
  const features = Math.min(size.features, OWN_TEXT.features);
  const folder = join(settings().dataDir, "saes", saeId);
  if (!existsSync(join(folder, "cfg.json"))) {
    await writeRandomSae(folder, features, k, size.seed);
  }
  const { hash, config } = await loadSae(folder);
  await runGenerate(
    {
      ...size,
      saeId,
      features,
      tokens: Math.min(size.tokens, 300_000),
      labels: 0,
      restart: false,
      sae: { hash, dIn: config.dIn, k },
    },
    ui,
  );
  return saeId;
}

async function writeRandomSae(
  folder: string,
  features: number,
  k: number,
  seed: number,
): Promise<void> {
  const modelName = "mini-gpt2";
  const model = await Gpt2.load(await resolveModel(modelName));
  const { dModel } = model.config;
  await model.dispose();
  const rows = new Float32Array(features * dModel);
  randomUnitRows(rows, features, dModel, Rng.of(seed, 9));
  await saveSae(
    folder,
    {
      architecture: "topk",
      dIn: dModel,
      dSae: features,
      k,
      modelName,
      hookName: "blocks.2.hook_resid_post",
      contextSize: DEFAULT_CORPUS.contextSize,
      corpusName: "default",
    },
    {
      W_enc: rows,
      W_dec: rows,
      b_enc: new Float32Array(features),
      b_dec: new Float32Array(dModel),
    },
  );
}
