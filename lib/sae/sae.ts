import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { readSafetensors, writeSafetensors } from "#lib/compute/index";
import { AppError, systemErrorCode } from "#lib/errors";
import { writeFileAtomic } from "#lib/files";
import { activationOf, type Activation } from "./activation";
import type { SaeConfig } from "./config";
import { formatSaeConfig, parseSaeConfig } from "./saelens";
import { transpose } from "./transpose";

export const WEIGHTS_FILE = "sae_weights.safetensors";
export const CONFIG_FILE = "cfg.json";

/**
 * A sparse autoencoder that reads the raw residual stream. In memory both
 * matrices have one row per latent: row i of W_enc and row i of W_dec belong to
 * latent i. (The file holds W_enc as SAELens does, [d_in, d_sae].)
 */
export interface Sae {
  /** The folder's name. */
  id: string;
  config: SaeConfig;
  /** [dSae × dIn] */
  W_enc: Float32Array;
  /** [dSae × dIn], rows of unit norm. */
  W_dec: Float32Array;
  /** [dSae]; of a gated SAE, the gate's bias. */
  b_enc: Float32Array;
  /** [dIn] */
  b_dec: Float32Array;
  /** [dSae] θ, of an SAE that runs as JumpReLU. */
  threshold?: Float32Array;
  /** [dSae] log-scale and bias of a gated SAE's magnitudes. */
  r_mag?: Float32Array;
  b_mag?: Float32Array;
  /** SHA-256 of the weights file, hex. Labels hang on it. */
  hash: string;
}

export type SaeWeights = Omit<Sae, "id" | "config" | "hash">;

/** What the [dSae] vectors of each activation are called in the file. */
const VECTORS: Record<Activation, Partial<Record<keyof SaeWeights, string>>> = {
  topk: { b_enc: "b_enc" },
  relu: { b_enc: "b_enc" },
  jumprelu: { b_enc: "b_enc", threshold: "threshold" },
  gated: { b_enc: "b_gate", r_mag: "r_mag", b_mag: "b_mag" },
};

/**
 * Reads a folder in SAELens' format.
 *
 * @throws AppError when the folder, a file, a tensor or a shape is not there
 *   or not right.
 */
export async function loadSae(folder: string): Promise<Sae> {
  const configFile = join(folder, CONFIG_FILE);
  const config = parseSaeConfig(await readJson(configFile), configFile);
  const { dIn, dSae } = config;
  const file = join(folder, WEIGHTS_FILE);
  const vectors = Object.entries(VECTORS[activationOf(config.architecture)]);
  const { tensors } = await readSafetensors<string>(file, {
    W_enc: [dIn, dSae],
    W_dec: [dSae, dIn],
    b_dec: [dIn],
    ...Object.fromEntries(vectors.map(([, onDisk]) => [onDisk, [dSae]])),
  });
  return {
    id: basename(folder),
    config,
    W_enc: transpose(tensors.W_enc!, dIn, dSae),
    W_dec: tensors.W_dec!,
    b_dec: tensors.b_dec!,
    ...(Object.fromEntries(
      vectors.map(([name, onDisk]) => [name, tensors[onDisk]!]),
    ) as Pick<Sae, "b_enc">),
    hash: await hashFile(file),
  };
}

/** Writes cfg.json and sae_weights.safetensors, each whole or not at all. */
export async function saveSae(
  folder: string,
  config: SaeConfig,
  weights: SaeWeights,
): Promise<void> {
  const { dIn, dSae } = config;
  await mkdir(folder, { recursive: true });
  await writeSafetensors(join(folder, WEIGHTS_FILE), {
    W_dec: { data: weights.W_dec, shape: [dSae, dIn] },
    W_enc: { data: transpose(weights.W_enc, dSae, dIn), shape: [dIn, dSae] },
    b_dec: { data: weights.b_dec, shape: [dIn] },
    ...Object.fromEntries(
      Object.entries(VECTORS[activationOf(config.architecture)]).map(
        ([name, onDisk]) => [
          onDisk,
          { data: weights[name as keyof SaeWeights]!, shape: [dSae] },
        ],
      ),
    ),
  });
  await writeFileAtomic(
    join(folder, CONFIG_FILE),
    `${JSON.stringify(formatSaeConfig(config), null, 2)}\n`,
  );
}

async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") throw error;
    throw new AppError(
      "not_found",
      `There is no SAE in ${file.slice(0, -CONFIG_FILE.length)} (no ${CONFIG_FILE}).`,
      { cause: error },
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid", `${file} is not valid JSON.`, {
      cause: error,
    });
  }
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk as Buffer);
  }
  return hash.digest("hex");
}
