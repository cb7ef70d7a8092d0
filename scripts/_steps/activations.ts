import { join } from "node:path";
import {
  ActivationCache,
  cachedSource,
  fillCaches,
  residualSource,
  selectedSource,
} from "#lib/activations/index";
import { settings } from "#lib/config";
import type { PackedCorpus } from "#lib/corpus/index";
import { selectSequences } from "#lib/features/index";
import { BOS, type Gpt2 } from "#lib/gpt2/index";
import type { ActivationSource, Preset } from "#lib/sae/index";
import type { OptionTable, OptionValues } from "../_cli/options";
import type { StepUi } from "./console";

/** What every command that trains lets people choose of the text. */
export const TEXT_OPTIONS = {
  textTokens: {
    type: "integer",
    min: 1,
    help: "use about this many tokens of the text, spread over it; --epochs repeats them",
  },
  cacheGb: {
    type: "number",
    min: 0,
    help: "room for activations on disk (float16); default: 16 for several epochs, else 0",
  },
} as const satisfies OptionTable;

/** Room for activations unless told otherwise, in bytes. */
export const DEFAULT_CACHE_BYTES = 16e9;

/** Which of the text's activations are used, and whether they are kept. */
export interface TextUse {
  /** About this many tokens, spread over the text; null: all. */
  textTokens: number | null;
  /** What the cache may take on disk; 0: none, every epoch computes anew. */
  cacheBytes: number;
}

/** What the options say; `textTokens` of the preset unless they do. */
export function textChoice(
  options: OptionValues<typeof TEXT_OPTIONS>,
  preset: Pick<Preset, "textTokens">,
): Partial<TextUse> {
  const { textTokens = preset.textTokens, cacheGb } = options;
  return {
    textTokens,
    ...(cacheGb === undefined ? {} : { cacheBytes: cacheGb * 1e9 }),
  };
}

/** The activations that an SAE is trained on. */
export async function openActivations(
  model: Gpt2,
  corpus: PackedCorpus,
  hookName: string,
  { textTokens, cacheBytes }: TextUse,
): Promise<ActivationSource> {
  let source = residualSource(model, corpus, hookName, BOS);
  if (cacheBytes > 0) {
    const cache = await openCache(source, cacheBytes);
    source = cachedSource(source, cache);
  }
  return textTokens === null
    ? source
    : selectedSource(source, selectSequences(corpus, textTokens));
}

/** Computes the activations of several hooks in one pass, and keeps them. */
export async function fillActivations(
  model: Gpt2,
  corpus: PackedCorpus,
  hookNames: readonly string[],
  { textTokens, cacheBytes }: TextUse,
  ui: StepUi,
): Promise<void> {
  const hooks = [];
  for (const hookName of hookNames) {
    const source = residualSource(model, corpus, hookName, BOS);
    const cache = await openCache(source, cacheBytes);
    hooks.push({ hookName, source, cache });
  }
  const sequences = selectSequences(corpus, textTokens ?? Infinity);
  const bar = ui.progress("activate", {
    unit: "sequences",
    total: sequences.length,
  });
  await fillCaches(model, corpus, hooks, BOS, sequences, {
    signal: ui.signal,
    onProgress: (done) => {
      bar.update(done, hookNames.join(", "));
    },
  });
  bar.finish();
}

function openCache(
  source: ActivationSource,
  maxBytes: number,
): Promise<ActivationCache> {
  return ActivationCache.open(
    join(settings().dataDir, "activations"),
    source,
    maxBytes,
  );
}
