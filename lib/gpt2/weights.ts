import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import {
  readSafetensors,
  readSafetensorsHeader,
  type Tensor,
} from "#lib/compute/index";
import { AppError, systemErrorCode } from "#lib/errors";
import type { Gpt2Config } from "./config";

/** Weights by their Hugging Face names, as tensors ready to be fed. */
export interface Gpt2Weights {
  tensors: Record<string, Tensor & { data: Float32Array }>;
  /** SHA-256 over the weight files, hex. */
  hash: string;
}

/** Tensor names and shapes of a GPT-2; Conv1D weights are [in, out]. */
export function weightShapes(c: Gpt2Config): Record<string, number[]> {
  const shapes: Record<string, number[]> = {
    "wte.weight": [c.dVocab, c.dModel],
    "wpe.weight": [c.nCtx, c.dModel],
    "ln_f.weight": [c.dModel],
    "ln_f.bias": [c.dModel],
  };
  for (let l = 0; l < c.nLayers; l++) {
    const linear = (name: string, from: number, to: number) => {
      shapes[`h.${l}.${name}.weight`] = [from, to];
      shapes[`h.${l}.${name}.bias`] = [to];
    };
    for (const norm of ["ln_1", "ln_2"]) {
      shapes[`h.${l}.${norm}.weight`] = [c.dModel];
      shapes[`h.${l}.${norm}.bias`] = [c.dModel];
    }
    linear("attn.c_attn", c.dModel, 3 * c.dModel);
    linear("attn.c_proj", c.dModel, c.dModel);
    linear("mlp.c_fc", c.dModel, c.dMlp);
    linear("mlp.c_proj", c.dMlp, c.dModel);
  }
  return shapes;
}

/**
 * Reads model.safetensors, or the shards that model.safetensors.index.json
 * names. Names may carry the "transformer." prefix.
 */
export async function loadWeights(
  folder: string,
  config: Gpt2Config,
): Promise<Gpt2Weights> {
  const files = await weightFiles(folder);
  const wanted = new Map(Object.entries(weightShapes(config)));
  const tensors: Gpt2Weights["tensors"] = {};
  const hash = createHash("sha256");
  for (const file of files) {
    const header = await readSafetensorsHeader(file);
    const shapes: Record<string, number[]> = {};
    for (const stored of Object.keys(header.tensors)) {
      const shape = wanted.get(plainName(stored));
      const again = stored !== plainName(stored) && plainName(stored) in shapes;
      if (shape !== undefined && !again) shapes[stored] = shape;
    }
    const read = await readSafetensors(file, shapes);
    for (const [stored, data] of Object.entries(read.tensors)) {
      const name = plainName(stored);
      tensors[name] = { type: "float32", data, dims: wanted.get(name)! };
      wanted.delete(name);
    }
    for await (const chunk of createReadStream(file, {
      highWaterMark: 1 << 20,
    })) {
      hash.update(chunk as Buffer);
    }
  }
  const missing = wanted.keys().next();
  if (!missing.done) {
    throw new AppError(
      "invalid",
      `${files.join(", ")} lacks the tensor "${missing.value}" (and ${wanted.size - 1} more): these are not the weights of the model that config.json describes.`,
    );
  }
  return { tensors, hash: hash.digest("hex") };
}

function plainName(stored: string): string {
  return stored.replace(/^transformer\./, "");
}

const indexSchema = z.looseObject({
  weight_map: z.record(z.string(), z.string()),
});

async function weightFiles(folder: string): Promise<string[]> {
  const index = join(folder, "model.safetensors.index.json");
  let text: string;
  try {
    text = await readFile(index, "utf8");
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") throw error;
    return [join(folder, "model.safetensors")];
  }
  let map: Record<string, string>;
  try {
    map = indexSchema.parse(JSON.parse(text)).weight_map;
  } catch (error) {
    throw new AppError("invalid", `${index} is not a list of weight shards.`, {
      cause: error,
    });
  }
  const shards = [...new Set(Object.values(map))].sort();
  if (shards.some((shard) => /[/\\]/.test(shard))) {
    throw new AppError("invalid", `${index} names files outside its folder.`);
  }
  return shards.map((shard) => join(folder, shard));
}
