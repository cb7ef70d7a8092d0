import { statSync } from "node:fs";
import { AppError } from "#lib/errors";
import { readerOf } from "./databases";
import { indexFolder } from "./paths";
import { indexedIds } from "./saes";

let known = { folder: "", changed: -1, ids: new Map<string, string>() };

/**
 * The id of the SAE with this content; null when none here has it. Looked up
 * again when an index was added, replaced or removed.
 */
export function saeIdOf(saeHash: string): string | null {
  const folder = indexFolder();
  const changed = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (known.folder !== folder || known.changed !== changed) {
    known = { folder, changed, ids: idsByHash() };
  }
  return known.ids.get(saeHash) ?? null;
}

function idsByHash(): Map<string, string> {
  const ids = new Map<string, string>();
  for (const id of indexedIds()) {
    try {
      const { saeHash } = readerOf(id).manifest;
      if (!ids.has(saeHash)) ids.set(saeHash, id);
    } catch (error) {
      // An index that cannot be read has no features to link to.
      if (!(error instanceof AppError)) throw error;
    }
  }
  return ids;
}
