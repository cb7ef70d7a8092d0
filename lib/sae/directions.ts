import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readSafetensorsElements } from "#lib/compute/index";
import { parseSaeConfig } from "./saelens";
import { CONFIG_FILE, WEIGHTS_FILE } from "./sae";

/** What one feature reads and writes, [dIn] each. */
export interface FeatureDirections {
  encoder: Float32Array;
  decoder: Float32Array;
}

/**
 * Reads one feature's directions from an SAE's folder, and nothing else: a few
 * kilobytes of what may be gigabytes.
 *
 * @throws AppError when the files are not there or not right. (Of cfg.json,
 *   a system error when it is missing.)
 */
export async function readDirections(
  folder: string,
  feature: number,
): Promise<FeatureDirections> {
  const configFile = join(folder, CONFIG_FILE);
  const { dIn, dSae } = parseSaeConfig(
    JSON.parse(await readFile(configFile, "utf8")),
    configFile,
  );
  const weights = join(folder, WEIGHTS_FILE);
  return {
    // In the file W_enc is [dIn, dSae] and W_dec is [dSae, dIn].
    encoder: await readSafetensorsElements(weights, "W_enc", {
      first: feature,
      stride: dSae,
      count: dIn,
    }),
    decoder: await readSafetensorsElements(weights, "W_dec", {
      first: feature * dIn,
      stride: 1,
      count: dIn,
    }),
  };
}
