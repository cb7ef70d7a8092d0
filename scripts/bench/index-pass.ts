import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { Rng } from "#lib/random";
import { randomUnitRows, saveSae } from "#lib/sae/index";
import { median } from "./median";
import { runOwn } from "./peer";

export interface IndexJob {
  /** Folders of the model and the SAE. */
  model: string;
  sae: string;
  /** About how many tokens of the default corpus are read. */
  tokens: number;
}

const Own = z.object({
  tokens: z.number(),
  bareSeconds: z.number(),
  passSeconds: z.number(),
  indexSeconds: z.number(),
});

/**
 * The whole index step, less loading, of a TopK SAE with random weights, as a
 * multiple of the forward pass and the encoder alone over the same text;
 * medians.
 *
 * @param model folder of the language model
 * @param dModel its width
 */
export async function benchIndex(
  model: string,
  dModel: number,
  repetitions: number,
  quick: boolean,
  say: (line: string) => void,
) {
  const folder = await mkdtemp(join(tmpdir(), "monolex-index-"));
  try {
    const nLatents = quick ? 64 : 24_576;
    const sae = join(folder, "sae");
    await writeRandomSae(sae, dModel, nLatents, quick ? 1 : 8);
    const job: IndexJob = { model, sae, tokens: quick ? 2048 : 131_072 };
    const runs = [];
    for (let i = 0; i < repetitions; i++) {
      // The corpus and the index are put there, not among the user's own.
      const env = { DATA_DIR: join(folder, "data") };
      runs.push(Own.parse(await runOwn("own-index.ts", job, env)));
    }
    const { tokens } = runs[0]!;
    const tokensPerSecond = tokens / median(runs.map((r) => r.indexSeconds));
    const overhead = median(runs.map((r) => r.indexSeconds / r.bareSeconds));
    const passOverhead = median(runs.map((r) => r.passSeconds / r.bareSeconds));
    say(
      `index  ${nLatents} latents, ${tokens} tokens: ${tokensPerSecond.toFixed(0)} tokens/s, ` +
        `${overhead.toFixed(2)}× forward and encode alone, ${passOverhead.toFixed(2)}× for reading the text`,
    );
    return [{ nLatents, tokens, tokensPerSecond, overhead, passOverhead }];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A TopK SAE that has learned nothing, as training begins with it. */
async function writeRandomSae(
  folder: string,
  dIn: number,
  dSae: number,
  layer: number,
): Promise<void> {
  const W_dec = new Float32Array(dSae * dIn);
  randomUnitRows(W_dec, dSae, dIn, Rng.of(4));
  const config = {
    architecture: "topk" as const,
    dIn,
    dSae,
    k: 32,
    modelName: "random",
    hookName: `blocks.${layer}.hook_resid_pre`,
    contextSize: 128,
    corpusName: "default",
  };
  const b_enc = new Float32Array(dSae);
  const b_dec = new Float32Array(dIn);
  await saveSae(folder, config, { W_enc: W_dec, W_dec, b_enc, b_dec });
}
