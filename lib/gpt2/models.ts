import { stat } from "node:fs/promises";
import { join } from "node:path";
import { settings } from "#lib/config";
import { AppError } from "#lib/errors";

/**
 * The folder of a model given as a path or as the name of a shipped model.
 *
 * @throws AppError when there is no such model.
 */
export async function resolveModel(name: string): Promise<string> {
  for (const folder of [name, join(settings().modelsDir, name)]) {
    const found = await stat(join(folder, "config.json")).then(
      () => true,
      () => false,
    );
    if (found) return folder;
  }
  throw new AppError(
    "not_found",
    `"${name}" is neither a folder with a config.json nor a model in ${settings().modelsDir}.`,
  );
}
