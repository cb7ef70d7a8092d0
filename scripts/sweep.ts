import { AppError } from "#lib/errors";
import {
  ARCHITECTURES,
  PRESETS,
  presetTraining,
  type Architecture,
  type Preset,
  type PresetName,
} from "#lib/sae/index";
import { defineCommand, main } from "./_cli/command";
import { TEXT_OPTIONS, textChoice } from "./_steps/activations";
import { DEFAULT_CORPUS } from "./_steps/corpus";
import { ENGINE_OPTIONS, engineRequest } from "./_steps/engine";
import { runSweep } from "./_steps/sweep";

const NAME = /^[A-Za-z0-9][\w.-]{0,39}$/;

const command = defineCommand({
  name: "sweep",
  summary:
    "Trains and evaluates an SAE for every combination of hooks, architectures, sizes and sparsities, on activations that the model computes once. The app shows the report under /sweeps. Lists are separated by commas.",
  options: {
    name: { type: "string", help: "the sweep's name; default: the preset's" },
    preset: {
      type: "choice",
      choices: Object.keys(PRESETS),
      default: "demo",
      help: "what the grid does not vary",
    },
    model: {
      type: "string",
      help: "folder, model in models/, or Hugging Face id",
    },
    hooks: { type: "string", help: "e.g. blocks.0.hook_resid_post" },
    layers: {
      type: "string",
      help: "short for --hooks: blocks.N.hook_resid_post of each",
    },
    architectures: { type: "string", help: `of ${ARCHITECTURES.join(", ")}` },
    latents: { type: "string", help: "sizes of the dictionary" },
    l0: {
      type: "string",
      help: "active latents per token: k, or what λ is adjusted to",
    },
    lr: { type: "number", min: 0, help: "learning rate" },
    batch: { type: "integer", min: 1, help: "tokens per step" },
    epochs: { type: "integer", min: 1, help: "passes over the text" },
    tokens: { type: "integer", min: 1, help: "stop after this many tokens" },
    buffer: {
      type: "integer",
      min: 1,
      help: "tokens that are shuffled together",
    },
    seed: { type: "integer", min: 0, help: "seed of everything random" },
    corpus: {
      type: "string",
      default: DEFAULT_CORPUS.source,
      help: '"default", .txt/.jsonl/.parquet file or folder, or Hugging Face dataset',
    },
    field: { type: "string", help: "field of .jsonl and .parquet rows" },
    context: {
      type: "integer",
      min: 2,
      default: DEFAULT_CORPUS.contextSize,
      help: "tokens per sequence, BOS included",
    },
    ...TEXT_OPTIONS,
    restart: { type: "boolean", help: "train again what is there already" },
    threads: { type: "integer", min: 1, help: "default: every core" },
    ...ENGINE_OPTIONS,
  },
  examples: [
    "npm run sweep -- --layers 0,1,2,3 --l0 16,32,64",
    "npm run sweep -- --name sizes --architectures topk,jumprelu --latents 1024,4096 --l0 32",
  ],
  async run({ options: o, signal, say, progress, result }) {
    const preset: Preset = PRESETS[o.preset as PresetName];
    const name = o.name ?? o.preset;
    if (!NAME.test(name)) {
      throw new AppError(
        "invalid",
        `--name may hold up to 40 letters, digits, ".", "_" and "-", not "${name}".`,
      );
    }
    if (o.hooks !== undefined && o.layers !== undefined) {
      throw new AppError("invalid", "Give --hooks or --layers, not both.");
    }
    const base = presetTraining(preset);
    const report = await runSweep(
      {
        name,
        modelName: o.model ?? preset.modelName,
        corpus: {
          ...DEFAULT_CORPUS,
          source: o.corpus,
          contextSize: o.context,
          ...(o.field === undefined ? {} : { field: o.field }),
        },
        grid: {
          hookNames: numbers("layers", o.layers, 0)?.map(
            (layer) => `blocks.${layer}.hook_resid_post`,
          ) ??
            list(o.hooks) ?? [preset.hookName],
          architectures: list(o.architectures)?.map(architecture) ?? [
            preset.architecture,
          ],
          latents: numbers("latents", o.latents, 1) ?? [base.dSae],
          l0s: numbers("l0", o.l0, 1) ?? [preset.l0],
        },
        training: {
          ...base,
          lr: o.lr ?? base.lr,
          batchSize: o.batch ?? base.batchSize,
          bufferTokens: o.buffer ?? base.bufferTokens,
          epochs: o.epochs ?? base.epochs,
          maxTokens: o.tokens ?? base.maxTokens,
          seed: o.seed ?? base.seed,
        },
        text: textChoice(o, preset),
        restart: o.restart,
        engine: engineRequest(o),
        ...(o.threads === undefined ? {} : { threads: o.threads }),
      },
      { say, progress, signal },
    );
    if (report === null) return;
    const failed = report.cells.filter(({ status }) => status === "failed");
    say(
      `sweep    ${report.cells.length - failed.length} SAEs, ${failed.length} failed; npm start shows them under /sweeps/${name}`,
    );
    result(report);
  },
});

function list(text: string | undefined): string[] | undefined {
  return text?.split(",").map((part) => part.trim());
}

function numbers(
  flag: string,
  text: string | undefined,
  min: number,
): number[] | undefined {
  return list(text)?.map((part) => {
    const value = Number(part);
    if (part === "" || !Number.isInteger(value) || value < min) {
      throw new AppError(
        "bad_request",
        `--${flag} takes whole numbers from ${min}, separated by commas, not "${part}".`,
      );
    }
    return value;
  });
}

function architecture(name: string): Architecture {
  const known = ARCHITECTURES.find((candidate) => candidate === name);
  if (known !== undefined) return known;
  throw new AppError(
    "bad_request",
    `--architectures takes some of ${ARCHITECTURES.join(", ")}, not "${name}".`,
  );
}

await main(command);
