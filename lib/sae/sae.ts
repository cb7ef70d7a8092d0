import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { readSafetensors, writeSafetensors } from "#lib/compute/index";
import { AppError, systemErrorCode } from "#lib/errors";
import { writeFileAtomic } from "#lib/files";
import { formatSaeConfig, parseSaeConfig, type SaeConfig } from "./config";
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
  /** [dSae] */
  b_enc: Float32Array;
  /** [dIn] */
  b_dec: Float32Array;
  /** SHA-256 of the weights file, hex. Labels hang on it. */
  hash: string;
}

export type SaeWeights = Pick<Sae, "W_enc" | "W_dec" | "b_enc" | "b_dec">;

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
  const { tensors } = await readSafetensors(file, {
    W_enc: [dIn, dSae],
    W_dec: [dSae, dIn],
    b_enc: [dSae],
    b_dec: [dIn],
  });
  return {
    id: basename(folder),
    config,
    W_enc: transpose(tensors.W_enc, dIn, dSae),
    W_dec: tensors.W_dec,
    b_enc: tensors.b_enc,
    b_dec: tensors.b_dec,
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
    b_enc: { data: weights.b_enc, shape: [dSae] },
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
