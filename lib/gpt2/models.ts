import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { settings } from "#lib/config";
import { AppError } from "#lib/errors";
import { downloadFile, type HubSettings } from "#lib/hub/index";

export interface ResolveOptions {
  hub?: HubSettings;
  onProgress?: (file: string, bytes: number, total: number | undefined) => void;
  signal?: AbortSignal;
}

const HUB_ID = /^[\w-][\w.-]*(\/[\w-][\w.-]*)?$/;
const INDEX = "model.safetensors.index.json";

/**
 * The folder of a model: a path as it is, a name in MODELS_DIR, or else an id
 * of the Hugging Face hub, whose configuration and weights are fetched.
 *
 * @throws AppError when it is none of these.
 */
export async function resolveModel(
  name: string,
  options: ResolveOptions = {},
): Promise<string> {
  const { modelsDir } = settings();
  for (const folder of [name, join(modelsDir, name)]) {
    const found = await stat(join(folder, "config.json")).then(
      () => true,
      () => false,
    );
    if (found) return folder;
  }
  if (!HUB_ID.test(name)) {
    throw new AppError(
      "not_found",
      `"${name}" is neither a folder with a config.json nor a model in ${modelsDir}.`,
    );
  }
  try {
    return await fetchModel(name, options);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(
      error.code,
      `"${name}" is neither a folder nor a model in ${modelsDir}, and cannot be had from the hub: ${error.message}`,
      { cause: error },
    );
  }
}

async function fetchModel(
  repo: string,
  { hub, onProgress, signal }: ResolveOptions,
): Promise<string> {
  const fetchFile = (file: string) =>
    downloadFile({
      repo,
      kind: "model",
      file,
      ...(hub ? { hub } : {}),
      ...(signal ? { signal } : {}),
      onProgress: (bytes, total) => onProgress?.(file, bytes, total),
    });
  const config = await fetchFile("config.json");
  try {
    await fetchFile("model.safetensors");
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // In shards, then: on the hub, or in the cache of one who is offline. If
    // that fails as well, the first reason is the one to tell.
    const index = await fetchFile(INDEX).catch(() => {
      throw error;
    });
    for (const shard of await shardsOf(index)) await fetchFile(shard);
  }
  return dirname(config);
}

const indexSchema = z.looseObject({
  weight_map: z.record(z.string(), z.string()),
});

async function shardsOf(indexFile: string): Promise<string[]> {
  const text = await readFile(indexFile, "utf8");
  const parsed = indexSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new AppError("invalid", `${INDEX} is not a list of weight shards.`);
  }
  return [...new Set(Object.values(parsed.data.weight_map))];
}

/** undefined for what is not JSON: the schema then refuses it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
