import { AppError } from "#lib/errors";
import {
  ARCHITECTURES,
  hasK,
  PRESETS,
  presetTraining,
  type Preset,
  type PresetName,
} from "#lib/sae/index";
import { defineCommand, main } from "./_cli/command";
import { TEXT_OPTIONS, textChoice } from "./_steps/activations";
import { DEFAULT_CORPUS } from "./_steps/corpus";
import { ENGINE_OPTIONS, engineRequest } from "./_steps/engine";
import { runTrain } from "./_steps/train";

const SAE_ID = /^[\w.-]{1,100}$/;

const command = defineCommand({
  name: "train",
  summary:
    "Trains a sparse autoencoder on GPT-2's residual stream, or goes on with an interrupted run. Every option overrides the preset's value.",
  options: {
    preset: {
      type: "choice",
      choices: Object.keys(PRESETS),
      default: "demo",
      help: "starting point",
    },
    model: {
      type: "string",
      help: "folder, model in models/, or Hugging Face id",
    },
    hook: { type: "string", help: "e.g. blocks.8.hook_resid_pre" },
    architecture: {
      type: "choice",
      choices: ARCHITECTURES,
      help: "how latents become sparse",
    },
    latents: { type: "integer", min: 1, help: "size of the dictionary" },
    k: {
      type: "integer",
      min: 1,
      help: "active latents per token (topk, batch_topk, matryoshka_batch_topk)",
    },
    l0: {
      type: "number",
      min: 0,
      help: "adjust λ to this many active latents per token (relu_l1, gated, jumprelu)",
    },
    sparsity: {
      type: "number",
      min: 0,
      help: "keep λ at this value instead",
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
    name: {
      type: "string",
      help: "the SAE's name; default: made of the above",
    },
    restart: {
      type: "boolean",
      help: "throw away what is there under this name",
    },
    ...TEXT_OPTIONS,
    threads: { type: "integer", min: 1, help: "default: every core" },
    ...ENGINE_OPTIONS,
  },
  examples: [
    "npm run train",
    "npm run train -- --preset seed",
    "npm run train -- --model gpt2 --hook blocks.8.hook_resid_pre --latents 24576 --corpus texts.jsonl",
  ],
  async run({ options: o, signal, say, progress, result }) {
    const preset: Preset = PRESETS[o.preset as PresetName];
    if (o.name !== undefined && !SAE_ID.test(o.name)) {
      throw new AppError(
        "invalid",
        `--name may hold letters, digits, ".", "_" and "-", not "${o.name}".`,
      );
    }
    const architecture = o.architecture ?? preset.architecture;
    if (
      hasK(architecture)
        ? o.l0 !== undefined || o.sparsity !== undefined
        : o.k !== undefined
    ) {
      throw new AppError(
        "invalid",
        hasK(architecture)
          ? `${architecture} takes --k, not --l0 or --sparsity.`
          : `${architecture} takes --l0 or --sparsity, not --k.`,
      );
    }
    const base = presetTraining(preset, architecture, o.k ?? o.l0 ?? preset.l0);
    const outcome = await runTrain(
      {
        modelName: o.model ?? preset.modelName,
        hookName: o.hook ?? preset.hookName,
        corpus: {
          ...DEFAULT_CORPUS,
          source: o.corpus,
          contextSize: o.context,
          ...(o.field === undefined ? {} : { field: o.field }),
        },
        training: {
          ...base,
          ...(o.sparsity === undefined
            ? {}
            : { sparsityCoefficient: o.sparsity, targetL0: null }),
          dSae: o.latents ?? base.dSae,
          lr: o.lr ?? base.lr,
          batchSize: o.batch ?? base.batchSize,
          bufferTokens: o.buffer ?? base.bufferTokens,
          epochs: o.epochs ?? base.epochs,
          maxTokens: o.tokens ?? base.maxTokens,
          seed: o.seed ?? base.seed,
        },
        text: textChoice(o, preset),
        ...(o.name === undefined ? {} : { saeId: o.name }),
        restart: o.restart,
        engine: engineRequest(o),
        ...(o.threads === undefined ? {} : { threads: o.threads }),
      },
      { say, progress, signal },
    );
    result(outcome);
    if (outcome.status !== "interrupted") {
      say(`         ${outcome.folder}`);
      say(`next     npm run evaluate -- --sae ${outcome.saeId}`);
    }
  },
});

await main(command);
