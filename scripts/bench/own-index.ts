/** Times our index step and its bare products: own-index.ts JOB, prints JSON. */
import { onnxEngine } from "#lib/compute/index";
import { countTokens, selectSequences } from "#lib/features/index";
import { Gpt2 } from "#lib/gpt2/index";
import { createEncoder, loadSae } from "#lib/sae/index";
import { Progress } from "../_cli/progress";
import type { StepUi } from "../_steps/console";
import { DEFAULT_CORPUS, openCorpus } from "../_steps/corpus";
import { DEFAULT_INDEX, indexSae } from "../_steps/index-features";
import type { IndexJob } from "./index-pass";

/** Sequences of one product, as the index step takes them. */
const BATCH = 32;

const output = { write: () => undefined };
/** When the text had been read and what was found began to be written. */
let readAt = NaN;
const ui: StepUi = {
  say: () => undefined,
  progress: (label, options) => {
    if (label === "write") readAt = performance.now();
    return new Progress({ output, label, ...options });
  },
  signal: new AbortController().signal,
};
const job = JSON.parse(process.argv[2]!) as IndexJob;
const engine = onnxEngine();
const model = await Gpt2.load(job.model, { engine });
const sae = await loadSae(job.sae);
const choice = { ...DEFAULT_CORPUS, maxTokens: 2 * job.tokens };
const { train: corpus } = await openCorpus(choice, ui);
const sequences = selectSequences(corpus, job.tokens);

const bareSeconds = await timeBare();
const began = performance.now();
await indexSae({
  request: {
    ...DEFAULT_INDEX,
    sae: job.sae,
    corpus: choice,
    tokens: job.tokens,
    restart: true,
  },
  folder: job.sae,
  engine,
  ui,
  sae,
  model,
  corpus,
});
const result = {
  tokens: countTokens(corpus, sequences),
  bareSeconds,
  passSeconds: (readAt - began) / 1000,
  indexSeconds: (performance.now() - began) / 1000,
};
process.stdout.write(JSON.stringify(result), () => process.exit(0));

/** Forward pass and encoder over the same batches, and nothing else. */
async function timeBare(): Promise<number> {
  const encoder = await createEncoder(sae, { engine });
  const { contextSize } = corpus;
  const encodeFrom = async (first: number) => {
    const rows = sequences.subarray(first, first + BATCH);
    const tokens = new Uint16Array(rows.length * contextSize);
    rows.forEach((row, i) => {
      const from = row * contextSize;
      const sequence = corpus.tokens.subarray(from, from + contextSize);
      tokens.set(sequence, i * contextSize);
    });
    const { hookName } = sae.config;
    const x = await model.residual(tokens, rows.length, hookName);
    await encoder.encode(x, tokens.length);
  };
  // The first run compiles and allocates.
  await encodeFrom(0);
  const start = performance.now();
  for (let s = 0; s < sequences.length; s += BATCH) await encodeFrom(s);
  const seconds = (performance.now() - start) / 1000;
  await encoder.dispose();
  return seconds;
}
