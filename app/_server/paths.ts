import { join } from "node:path";
import { settings } from "#lib/config";
import { AppError } from "#lib/errors";

/**
 * What an SAE's id or a sweep's name looks like: it is a file's name and a part
 * of a URL.
 */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,150}$/;

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

/** Who is here now; may be deleted at any time. */
export function liveFile(): string {
  return join(settings().dataDir, "live.sqlite");
}

export function backupFolder(): string {
  return join(settings().dataDir, "backups");
}

/** How often what was tried; see lib/db/limit-database. */
export function limitFile(): string {
  return join(settings().dataDir, "limits.sqlite");
}

/** What cookies are signed with, unless a setting says it. */
export function secretFile(): string {
  return join(settings().dataDir, "secret");
}

export function sweepsFolder(): string {
  return join(settings().dataDir, "sweeps");
}

/** @throws AppError "not_found" for a text that can be no sweep's name. */
export function sweepReportFile(name: string): string {
  return join(sweepsFolder(), checked(name, "sweep"), "report.json");
}

/** Matches of two SAEs. */
export function matchesFolder(): string {
  return join(settings().dataDir, "matches");
}

function checked(name: string, kind: "SAE" | "sweep" = "SAE"): string {
  if (NAME.test(name)) return name;
  throw new AppError("not_found", `There is no ${kind} of this name.`);
}
