import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeSafetensors } from "#lib/compute/index";
import { weightShapes } from "#lib/gpt2/weights";
import { Rng } from "#lib/random";

/** A random GPT-2 small enough for plain loops, in Hugging Face layout. */
export const TINY = {
  nLayers: 2,
  nHeads: 2,
  dModel: 8,
  dMlp: 20,
  nCtx: 12,
  dVocab: 30,
  layerNormEps: 1e-5,
  bosTokenId: 29,
};

export const TINY_JSON = {
  model_type: "gpt2",
  activation_function: "gelu_new",
  n_layer: TINY.nLayers,
  n_head: TINY.nHeads,
  n_embd: TINY.dModel,
  n_inner: TINY.dMlp,
  n_positions: TINY.nCtx,
  vocab_size: TINY.dVocab,
  layer_norm_epsilon: TINY.layerNormEps,
  bos_token_id: TINY.bosTokenId,
};

export function tinyWeights(seed = 1): Record<string, Float32Array> {
  const rng = new Rng(seed);
  return Object.fromEntries(
    Object.entries(weightShapes(TINY)).map(([name, shape]) => [
      name,
      Float32Array.from(
        { length: shape.reduce((a, b) => a * b, 1) },
        () => rng.normal() * 0.5,
      ),
    ]),
  );
}

export async function writeTinyModel(
  folder: string,
  weights = tinyWeights(),
  prefix = "",
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "config.json"), JSON.stringify(TINY_JSON));
  const shapes = weightShapes(TINY);
  await writeSafetensors(
    join(folder, "model.safetensors"),
    Object.fromEntries(
      Object.entries(weights).map(([name, data]) => [
        prefix + name,
        { data, shape: shapes[name]! },
      ]),
    ),
  );
}
