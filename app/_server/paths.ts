import { join } from "node:path";
import { settings } from "#lib/config";
import { AppError } from "#lib/errors";

/** What an SAE's id looks like: it is a file's name and a part of a URL. */
const SAE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,150}$/;

export function indexFolder(): string {
  return join(settings().dataDir, "index");
}

/** @throws AppError "not_found" for a text that can be no SAE's id. */
export function indexFile(saeId: string): string {
  return join(indexFolder(), `${checked(saeId)}.sqlite`);
}

/** cfg.json and weights. @throws AppError as `indexFile` does. */
export function saeFolder(saeId: string): string {
  return join(settings().dataDir, "saes", checked(saeId));
}

export function labelFile(): string {
  return join(settings().dataDir, "labels.sqlite");
}

function checked(saeId: string): string {
  if (SAE_ID.test(saeId)) return saeId;
  throw new AppError("not_found", "There is no SAE of this name.");
}
