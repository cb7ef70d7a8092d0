import { statSync } from "node:fs";
import { settings } from "#lib/config";
import { backupLabels, listBackups, pruneBackups } from "#lib/db/index";
import { backupFolder, labelFile } from "./paths";

/** How often it is asked whether a backup is due. */
const LOOK_EVERY_MS = 60_000;

/* On globalThis: see lib/db/connections.ts. */
const KEY = Symbol.for("monolex.backups");
const shared = globalThis as { [KEY]?: NodeJS.Timeout };

/**
 * Makes backups while the server runs: one whenever the newest is older than
 * the setting says, whichever process made that.
 */
export function scheduleBackups(): void {
  const { backupHours } = settings();
  if (backupHours === 0 || shared[KEY]) return;
  let busy = false;
  shared[KEY] = setInterval(() => {
    if (busy) return;
    busy = true;
    void backupWhenDue(new Date()).finally(() => {
      busy = false;
    });
  }, LOOK_EVERY_MS).unref();
}

/** @returns whether one was made; what goes wrong is logged. */
export async function backupWhenDue(now: Date): Promise<boolean> {
  const { backupHours, backupKeep } = settings();
  try {
    const [newest] = listBackups(backupFolder());
    const made = newest === undefined ? 0 : statSync(newest).mtimeMs;
    if (now.getTime() - made < backupHours * 3_600_000) return false;
    await backupLabels(labelFile(), backupFolder(), now);
    pruneBackups(backupFolder(), backupKeep);
    return true;
  } catch (error) {
    console.error("The labels could not be backed up:", error);
    return false;
  }
}
