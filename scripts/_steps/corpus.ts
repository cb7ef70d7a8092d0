import { join } from "node:path";
import { settings } from "#lib/config";
import { loadCorpus, type PackedCorpus } from "#lib/corpus/index";
import { tokenize } from "#lib/gpt2/index";
import { fetchDataset } from "#lib/hub/index";
import type { StepUi } from "./console";

/** Which text, and how it is cut. */
export interface CorpusChoice {
  /** "default", a file or folder, or a Hugging Face dataset id. */
  source: string;
  /** Field of .jsonl and .parquet rows. */
  field?: string;
  contextSize: number;
  heldOutFraction: number;
  seed: number;
  /** Stop reading after about this many tokens. */
  maxTokens?: number;
}

/** One choice for training, evaluation and indexing: they must agree. */
export const DEFAULT_CORPUS: CorpusChoice = {
  source: "default",
  contextSize: 128,
  heldOutFraction: 0.05,
  seed: 0,
};

/** Loads, packs and caches a corpus, with a bar while it is tokenised. */
export async function openCorpus(
  choice: CorpusChoice,
  ui: StepUi,
): Promise<{ train: PackedCorpus; heldOut: PackedCorpus }> {
  const bar = ui.progress("tokenise", { unit: "tokens" });
  const corpus = await loadCorpus({
    ...choice,
    tokenize,
    cacheDir: join(settings().dataDir, "corpus"),
    onProgress: ({ tokens }) => {
      bar.update(tokens);
    },
    fetchDataset: (id) => fetchDataset(id, { signal: ui.signal }),
    signal: ui.signal,
  });
  bar.finish();
  return corpus;
}
