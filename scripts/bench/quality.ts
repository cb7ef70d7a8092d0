import { execFile } from "node:child_process";
import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { residualSource } from "#lib/activations/index";
import type { SparseCode } from "#lib/compute/index";
import { BOS, Gpt2 } from "#lib/gpt2/index";
import {
  createEncoder,
  decode,
  loadSae,
  PRESETS,
  presetTraining,
  RUN_FILE,
  saveSae,
  SparseTrainer,
  trainSae,
  type ActivationSource,
  type Architecture,
  type Sae,
  type SaeTrainer,
  type TrainingConfig,
} from "#lib/sae/index";
import type { StepUi } from "../_steps/console";
import { DEFAULT_CORPUS, openCorpus } from "../_steps/corpus";
import { openModelFolder } from "../_steps/model";
import { bytesOf, toFloat32 } from "./raw";

const run = promisify(execFile);

/** What one architecture reached, and PyTorch on the very same batches. */
export type QualityResult = {
  arch: Architecture;
  l0: number;
  fvu: number;
  peerL0: number | null;
  peerFvu: number | null;
  /** fvu / peerFvu */
  ratio: number | null;
};

/** Architectures that torch_quality.py knows. */
const COMPARED: readonly Architecture[] = [
  "topk",
  "batch_topk",
  "relu_l1",
  "jumprelu",
];
const HELD_OUT_SEQUENCES = 512;
const L0 = 32;

/**
 * Trains each architecture on mini-gpt2 as the demo does, writes down the
 * batches it was fed and the parameters it began with, lets PyTorch train on
 * those, and measures both SAEs on the same held-out text.
 *
 * @param python a Python with torch, and its environment; null: ours alone.
 */
export async function benchQuality(
  ui: StepUi,
  python: { file: string; env: NodeJS.ProcessEnv } | null,
  tokens: number,
): Promise<QualityResult[]> {
  const preset = PRESETS.demo;
  const model = await Gpt2.load(await openModelFolder(preset.modelName, ui), {
    name: preset.modelName,
  });
  const { train, heldOut } = await openCorpus(DEFAULT_CORPUS, ui);
  const source = residualSource(model, train, preset.hookName, BOS);
  const held = residualSource(model, heldOut, preset.hookName, BOS);
  const sequences = Uint32Array.from(
    { length: Math.min(HELD_OUT_SEQUENCES, held.sequences) },
    (_, i) => i,
  );
  const rows = sequences.reduce((sum, s) => sum + held.rowsOf(s), 0);
  const text = new Float32Array(rows * held.dIn);
  await held.read(sequences, text);

  const results: QualityResult[] = [];
  for (const architecture of COMPARED) {
    const folder = await mkdtemp(join(tmpdir(), "monolex-quality-"));
    try {
      const config = {
        ...presetTraining(preset, architecture, L0),
        dIn: source.dIn,
        maxTokens: tokens,
        // Latents are not revived in either: none dies in so short a run.
        deadLatents: "none" as const,
      };
      const own = await trainOwn(config, source, folder, python !== null);
      const peer = python && (await trainPeer(folder, own, python));
      const ours = await measure(own, text, rows);
      const theirs = peer && (await measure(peer, text, rows));
      results.push({
        arch: architecture,
        ...ours,
        peerL0: theirs?.l0 ?? null,
        peerFvu: theirs?.fvu ?? null,
        ratio: theirs ? ours.fvu / theirs.fvu : null,
      });
      ui.say(
        `quality  ${architecture.padEnd(12)} FVU ${ours.fvu.toFixed(4)} at L0 ${ours.l0.toFixed(1)}` +
          (theirs
            ? `; PyTorch ${theirs.fvu.toFixed(4)} at ${theirs.l0.toFixed(1)}`
            : ""),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  await model.dispose();
  return results;
}

/** Trains through `trainSae`, with a trainer that writes down what it is fed. */
async function trainOwn(
  config: TrainingConfig,
  source: ActivationSource,
  folder: string,
  records: boolean,
): Promise<Sae> {
  const batches = await open(join(folder, "batches.f32"), "w");
  let steps = 0;
  try {
    await trainSae({
      config,
      identity: {
        modelName: "mini-gpt2",
        hookName: PRESETS.demo.hookName,
        contextSize: DEFAULT_CORPUS.contextSize,
        corpusName: "default",
      },
      source,
      folder: join(folder, "sae"),
      checkpointSeconds: Infinity,
      createTrainer: async (c): Promise<SaeTrainer> => {
        const trainer = await SparseTrainer.create(c, 2);
        const step = trainer.step.bind(trainer);
        trainer.step = async (schedule, options) => {
          if (records) {
            if (steps === 0) await writeStart(trainer, folder);
            await batches.write(bytesOf(trainer.input));
          }
          steps++;
          return step(schedule, options);
        };
        return trainer;
      },
    });
  } finally {
    await batches.close();
  }
  await writeFile(
    join(folder, "run.json"),
    JSON.stringify({ ...config, steps }),
  );
  return loadSae(join(folder, "sae"));
}

async function writeStart(trainer: SaeTrainer, folder: string): Promise<void> {
  const { tensors } = await trainer.snapshot();
  for (const name of ["W_dec", "b_enc", "b_dec", "threshold"]) {
    const values = tensors[name];
    if (values === undefined) continue;
    await writeFile(join(folder, `${name}.f32`), bytesOf(values));
  }
}

/** The SAE that PyTorch trains, with the same scale folded in. */
async function trainPeer(
  folder: string,
  own: Sae,
  python: { file: string; env: NodeJS.ProcessEnv },
): Promise<Sae> {
  await run(python.file, ["scripts/bench/torch_quality.py", folder], {
    env: python.env,
  });
  const read = async (name: string) =>
    toFloat32(await readFile(join(folder, `torch_${name}.f32`)));
  const { scale } = JSON.parse(
    await readFile(join(folder, "sae", RUN_FILE), "utf8"),
  ) as { scale: number };
  const divided = async (name: string) =>
    (await read(name)).map((v) => v / scale);
  const hasThreshold = own.threshold !== undefined;
  const target = join(folder, "peer");
  await saveSae(target, own.config, {
    W_enc: await read("W_enc"),
    W_dec: await read("W_dec"),
    b_enc: await divided("b_enc"),
    b_dec: await divided("b_dec"),
    ...(hasThreshold ? { threshold: await divided("threshold") } : {}),
  });
  return loadSae(target);
}

/** L0 and FVU on x [rows × dIn], raw. */
async function measure(
  sae: Sae,
  x: Float32Array,
  rows: number,
): Promise<{ l0: number; fvu: number }> {
  const { dIn } = sae.config;
  const encoder = await createEncoder(sae);
  const code: SparseCode = await encoder.encode(x, rows);
  await encoder.dispose();
  const xHat = decode(sae, code);
  const mean = new Float64Array(dIn);
  for (let i = 0; i < x.length; i++) mean[i % dIn]! += x[i]! / rows;
  let error = 0;
  let variance = 0;
  for (let i = 0; i < x.length; i++) {
    error += (x[i]! - xHat[i]!) ** 2;
    variance += (x[i]! - mean[i % dIn]!) ** 2;
  }
  return { l0: code.rowPtr[rows]! / rows, fvu: error / variance };
}
