import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes a file whole or not at all: to a temporary neighbour, flushed to the
 * disk, then renamed over the target. On failure the neighbour is removed.
 */
export async function replaceFile(
  file: string,
  write: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  // A fixed name: what a crash leaves behind, the next run overwrites.
  const temporary = `${file}.tmp`;
  try {
    const handle = await open(temporary, "w");
    try {
      await write(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
}

/** `replaceFile` for contents that are at hand. */
export function writeFileAtomic(
  file: string,
  contents: string | Uint8Array,
): Promise<void> {
  return replaceFile(file, (handle) => handle.writeFile(contents));
}

/** Makes a rename in this folder survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
