import { rm } from "node:fs/promises";
import { join } from "node:path";
import { settings } from "#lib/config";
import { AppError } from "#lib/errors";
import type { Engine } from "#lib/compute/index";
import { Gpt2, parseHook } from "#lib/gpt2/index";
import { openTrainer, trainSae, type TrainingConfig } from "#lib/sae/index";
import {
  DEFAULT_CACHE_BYTES,
  openActivations,
  type TextUse,
} from "./activations";
import type { StepUi } from "./console";
import { withEngine, type EngineRecord, type EngineRequest } from "./engine";
import { openModelFolder } from "./model";
import { openCorpus, type CorpusChoice } from "./corpus";

export interface TrainRequest {
  modelName: string;
  hookName: string;
  corpus: CorpusChoice;
  training: Omit<TrainingConfig, "dIn">;
  /** Default: all of it, and a cache if there are several epochs. */
  text?: Partial<TextUse>;
  /** The SAE's folder name; default: made of what it is. */
  saeId?: string;
  /** Throw away what the folder holds. */
  restart: boolean;
  /** What runs the model and the training; default: auto. */
  engine?: EngineRequest;
  threads?: number;
}

export interface TrainResult {
  saeId: string;
  folder: string;
  status: "finished" | "already" | "interrupted";
  steps: number;
  /** What ran the model and the training in the end. */
  engine: EngineRecord;
}

/** Trains an SAE into DATA_DIR/saes/<saeId>, resuming what is there. */
export async function runTrain(
  request: TrainRequest,
  ui: StepUi,
): Promise<TrainResult> {
  const saeId = request.saeId ?? defaultSaeId(request);
  const folder = join(settings().dataDir, "saes", saeId);
  let { restart } = request;
  return withEngine(request, ui, (engine, record) => {
    const run = trainOn(
      engine,
      { ...request, saeId, restart },
      record,
      folder,
      ui,
    );
    // A second engine goes on from the checkpoints of one that failed.
    restart = false;
    return run.then((result) => ({ ...result, engine: record }));
  });
}

async function trainOn(
  engine: Engine,
  request: TrainRequest & { saeId: string },
  record: EngineRecord,
  folder: string,
  ui: StepUi,
): Promise<Omit<TrainResult, "engine">> {
  const { training, saeId } = request;
  const model = await Gpt2.load(await openModelFolder(request.modelName, ui), {
    name: request.modelName,
    engine,
  });
  try {
    parseHook(request.hookName, model.config);
    const { contextSize } = request.corpus;
    if (contextSize > model.config.nCtx) {
      throw new AppError(
        "invalid",
        `--context ${contextSize} is more than the ${model.config.nCtx} tokens that ${model.name} reads at once.`,
      );
    }
    const corpus = await openCorpus(request.corpus, ui);
    if (request.restart) await rm(folder, { recursive: true, force: true });
    const { train } = corpus;
    const source = await openActivations(
      model,
      train,
      request.hookName,
      textUse(request),
    );
    const config = { ...training, dIn: model.config.dModel };
    ui.say(
      `train    ${saeId}: ${config.dIn} → ${config.dSae} ${config.architecture} on ${request.hookName} of ${model.name}, seed ${config.seed}`,
    );
    let bar = ui.progress("train", { unit: "tokens" });
    let note = "";
    const outcome = await trainSae({
      config,
      identity: {
        modelName: request.modelName,
        hookName: request.hookName,
        contextSize: train.contextSize,
        corpusName: train.name,
      },
      source,
      folder,
      signal: ui.signal,
      createTrainer: (c) => openTrainer(c, engine, request.threads),
      provenance: { engine: record },
      onStart: ({ steps, resumedAt }) => {
        if (resumedAt > 0) ui.say(`train    resumed at step ${resumedAt}`);
        bar = ui.progress("train", {
          unit: "tokens",
          total: steps * config.batchSize,
          from: resumedAt * config.batchSize,
        });
      },
      onStep: (metrics, step) => {
        if (metrics !== null) {
          note = `fvu ${metrics.fvu.toFixed(3)}  l0 ${metrics.l0.toFixed(1)}  dead ${metrics.dead}`;
        }
        bar.update(step * config.batchSize, note);
      },
    });
    if (outcome.status === "already") {
      bar.clear();
      ui.say(`train    already done: ${folder}`);
    } else {
      bar.finish(note);
    }
    const steps =
      outcome.status === "interrupted" ? outcome.step : outcome.steps;
    if (outcome.status === "interrupted") {
      ui.say(
        `train    stopped at step ${steps}; run the same command to go on`,
      );
    }
    return { saeId, folder, status: outcome.status, steps };
  } finally {
    await model.dispose();
  }
}

/** What of the text is used, and kept, where the request leaves it open. */
export function textUse({
  training,
  text = {},
}: Pick<TrainRequest, "training" | "text">): TextUse {
  return {
    textTokens: null,
    cacheBytes: training.epochs > 1 ? DEFAULT_CACHE_BYTES : 0,
    ...text,
  };
}

/** e.g. mini-gpt2-blocks.2.hook_resid_post-topk-4096-k32 */
export function defaultSaeId({
  modelName,
  hookName,
  training,
}: Pick<TrainRequest, "modelName" | "hookName" | "training">): string {
  const { architecture, dSae, k, targetL0, sparsityCoefficient } = training;
  const model = modelName.replace(/^.*[/\\]/, "");
  const sparsity =
    k !== null
      ? `k${k}`
      : targetL0 !== null
        ? `l0-${targetL0}`
        : `lambda-${sparsityCoefficient}`;
  return [model, hookName, architecture, dSae, sparsity].join("-");
}
