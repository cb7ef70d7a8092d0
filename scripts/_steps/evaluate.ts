import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { settings } from "#lib/config";
import type { Engine } from "#lib/compute/index";
import { evaluationSchema } from "#lib/contract/index";
import { writeFileAtomic } from "#lib/files";
import { BOS, Gpt2 } from "#lib/gpt2/index";
import {
  createEncoder,
  evaluateSae,
  loadSae,
  type Evaluation,
} from "#lib/sae/index";
import type { StepUi } from "./console";
import { withEngine, type EngineRequest } from "./engine";
import { openModelFolder } from "./model";
import { DEFAULT_CORPUS, openCorpus, type CorpusChoice } from "./corpus";

export const EVALUATION_FILE = "evaluation.json";

export interface EvaluateRequest {
  saeId: string;
  corpus: Omit<CorpusChoice, "contextSize">;
  /** Held-out sequences measured for L0, FVU and dead latents. */
  sequences: number;
  /** Of those, sequences whose losses are computed too. */
  lossSequences: number;
  /** What runs the model and the encoder; default: auto. */
  engine?: EngineRequest;
}

/** Evaluates an SAE on held-out text and stores the result beside it. */
export function runEvaluate(
  request: EvaluateRequest,
  ui: StepUi,
): Promise<Evaluation> {
  return withEngine(request, ui, (engine) => evaluateOn(engine, request, ui));
}

async function evaluateOn(
  engine: Engine,
  request: EvaluateRequest,
  ui: StepUi,
): Promise<Evaluation> {
  const folder = join(settings().dataDir, "saes", request.saeId);
  const sae = await loadSae(folder);
  const { modelName, contextSize } = sae.config;
  const model = await Gpt2.load(await openModelFolder(modelName, ui), {
    name: modelName,
    engine,
  });
  const { heldOut } = await openCorpus({ ...request.corpus, contextSize }, ui);
  const encoder = await createEncoder(sae, { engine });
  try {
    const sequences = Math.min(request.sequences, heldOut.sequences);
    const bar = ui.progress("evaluate", { unit: "sequences" });
    const evaluation = await evaluateSae({
      sae,
      encoder,
      model,
      text: {
        tokens: heldOut.tokens,
        contextSize,
        sequences,
        bosTokenId: BOS,
      },
      lossSequences: Math.min(request.lossSequences, sequences),
      signal: ui.signal,
      onProgress: (done, total) => {
        bar.update(done, "", total);
      },
    });
    bar.finish();
    await writeFileAtomic(
      join(folder, EVALUATION_FILE),
      `${JSON.stringify({ saeHash: sae.hash, ...evaluation }, null, 2)}\n`,
    );
    return evaluation;
  } finally {
    await encoder.dispose();
    await model.dispose();
  }
}

/** One of before the predictions were counted is made again. */
const storedSchema = evaluationSchema.extend({
  saeHash: z.string(),
  lossTokens: z.number(),
});

/** How the demo, and `npm run evaluate` by default, measure. */
export const DEFAULT_EVALUATION = {
  corpus: DEFAULT_CORPUS,
  sequences: 512,
  lossSequences: 64,
};

/** The stored evaluation of exactly these weights, or a fresh one. */
export async function ensureEvaluated(
  request: EvaluateRequest,
  ui: StepUi,
): Promise<Evaluation> {
  const { saeId } = request;
  const folder = join(settings().dataDir, "saes", saeId);
  const text = await readFile(join(folder, EVALUATION_FILE), "utf8").catch(
    () => "{}",
  );
  const stored = storedSchema.safeParse(JSON.parse(text));
  const { hash } = await loadSae(folder);
  if (stored.success) {
    const { saeHash, ...evaluation } = stored.data;
    if (saeHash === hash) {
      ui.say("evaluate already done");
      return evaluation;
    }
  }
  return runEvaluate(request, ui);
}

/** The figures as aligned lines, each with what it means. */
export function describeEvaluation(e: Evaluation): string[] {
  const percent = (x: number) => `${(100 * x).toFixed(2)} %`;
  const rows: [string, string, string][] = [
    ["L0", e.l0.toFixed(2), "active latents per token"],
    ["FVU", e.fvu.toFixed(4), "share of variance left unexplained"],
    [
      "ΔCE",
      `${e.deltaCe.toFixed(4)} nats`,
      `${e.ceClean.toFixed(3)} → ${e.ceSae.toFixed(3)} with the SAE spliced in`,
    ],
    [
      "CE recovered",
      percent(e.ceRecovered),
      `against zero ablation (${e.ceZero.toFixed(2)} nats)`,
    ],
    [
      "",
      percent(e.ceRecoveredFromMean),
      `against mean ablation (${e.ceMean.toFixed(2)} nats)`,
    ],
    ["KL", `${e.kl.toFixed(4)} nats`, "clean ‖ spliced, per token"],
    [
      "dead",
      percent(e.deadFraction),
      `never fired on ${e.tokens} held-out tokens`,
    ],
    ["dense", percent(e.denseFraction), "fired on more than 10 % of them"],
  ];
  return rows.map(
    ([name, value, meaning]) =>
      `  ${name.padEnd(13)} ${value.padStart(12)}  ${meaning}`,
  );
}
