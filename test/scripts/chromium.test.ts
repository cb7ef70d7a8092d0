import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ensureChromium } from "../../scripts/_check/chromium";

const { signal } = new AbortController();
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A browser of which nothing is wanted but to start. */
function browser(exitCode: number): string {
  const folder = mkdtempSync(join(tmpdir(), "monolex-chromium-"));
  folders.push(folder);
  const path = join(folder, "chromium");
  writeFileSync(path, `#!/bin/sh\nexit ${String(exitCode)}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe("the configured browser", () => {
  const silent = (): void => undefined;

  it("is used when it starts", async () => {
    const path = browser(0);
    expect(await ensureChromium(path, silent, signal)).toBe(path);
  });

  it("is refused when it does not, and no other is taken for it", async () => {
    for (const path of [browser(127), "/nowhere/chromium"]) {
      await expect(ensureChromium(path, silent, signal)).rejects.toThrow(
        `CHROMIUM_PATH is ${path}, which does not start; set it to a Chromium or Chrome, or unset it.`,
      );
    }
  });
});
