import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeSafetensors } from "#lib/compute/index";
import { parseGpt2Config, weightShapes } from "#lib/gpt2/index";
import { Rng } from "#lib/random";

/** What a GPT-2 is as large as; its vocabulary is always GPT-2's own. */
export interface Gpt2Size {
  nLayers: number;
  nHeads: number;
  dModel: number;
  nCtx: number;
}

export const GPT2_SMALL: Gpt2Size = {
  nLayers: 12,
  nHeads: 12,
  dModel: 768,
  nCtx: 1024,
};

/** One that only shows that things run. */
export const GPT2_TINY: Gpt2Size = {
  nLayers: 2,
  nHeads: 2,
  dModel: 16,
  nCtx: 128,
};

/** Half the width of the interval that weights are drawn from: GPT-2's σ. */
const SPREAD = 0.02 * Math.sqrt(3);

/**
 * Writes a GPT-2 that has learned nothing, in Hugging Face's layout: its speed
 * is that of a trained one of its size. Biases and LayerNorms are random too,
 * so that leaving one out would show.
 */
export async function writeRandomGpt2(
  folder: string,
  size: Gpt2Size,
): Promise<void> {
  const file = join(folder, "config.json");
  const config = {
    model_type: "gpt2",
    n_layer: size.nLayers,
    n_head: size.nHeads,
    n_embd: size.dModel,
    n_positions: size.nCtx,
    vocab_size: 50_257,
  };
  await writeFile(file, JSON.stringify(config));
  const rng = Rng.of(2);
  const tensors = Object.entries(weightShapes(parseGpt2Config(config, file)));
  await writeSafetensors(
    join(folder, "model.safetensors"),
    Object.fromEntries(
      tensors.map(([name, shape]) => {
        const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
        const centre = /ln_.*weight$/.test(name) ? 1 : 0;
        for (let i = 0; i < data.length; i++) {
          data[i] = centre + SPREAD * (2 * rng.uniform() - 1);
        }
        return [name, { data, shape }];
      }),
    ),
  );
}
