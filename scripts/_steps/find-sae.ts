import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { settings } from "#lib/config";
import { AppError } from "#lib/errors";

/**
 * The folder of an SAE: a name in DATA_DIR/saes, or a folder of its own.
 *
 * @throws AppError("not_found") naming the SAEs there are.
 */
export async function findSae(name: string): Promise<string> {
  const saes = join(settings().dataDir, "saes");
  const folders = [join(saes, name), resolve(name)];
  const found = folders.find((folder) => existsSync(join(folder, "cfg.json")));
  if (found !== undefined) return found;
  const known = existsSync(saes) ? (await readdir(saes)).sort() : [];
  throw new AppError(
    "not_found",
    known.length === 0
      ? `There is no SAE "${name}": none is trained yet; \`npm run train\` trains one.`
      : `There is no SAE "${name}"; there are: ${known.join(", ")}.`,
  );
}
