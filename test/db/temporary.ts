import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { closeConnections } from "#lib/db/index";

/** A folder of its own for a test file, removed when the file is done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "monolex-"));
  afterAll(() => {
    closeConnections();
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
