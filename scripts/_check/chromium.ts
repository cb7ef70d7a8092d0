import { existsSync } from "node:fs";
import { AppError } from "#lib/errors";
import { runNode, runProgram } from "./program";

/** Where Linux distributions and Google's packages put it. */
const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];

const PLAYWRIGHT = "node_modules/playwright/cli.js";

/**
 * The browser for the end-to-end tests: the one that is configured, one of the
 * system, Playwright's own, or one that is installed now by Playwright's
 * download or, as root on Debian and its kin, by apt-get.
 * @returns the path of a Chromium that starts.
 * @throws AppError("unavailable") when there is none and none can be had.
 */
export async function ensureChromium(
  configured: string | undefined,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<string> {
  if (configured !== undefined) {
    if (await starts(configured, signal)) return configured;
    throw new AppError(
      "unavailable",
      `CHROMIUM_PATH is ${configured}, which does not start; set it to a Chromium or Chrome, or unset it.`,
    );
  }
  const found = await findChromium(signal);
  if (found !== undefined) return found;

  say("no Chromium found: playwright install chromium …");
  // Without a network this retries for long; apt may still reach a mirror.
  const patience = AbortSignal.any([signal, AbortSignal.timeout(180_000)]);
  await runNode([PLAYWRIGHT, "install", "chromium"], { signal: patience });
  const downloaded = await findChromium(signal);
  if (downloaded !== undefined) return downloaded;

  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    say("no Chromium downloaded: apt-get install chromium …");
    await installByApt(say, signal);
    const installed = await findChromium(signal);
    if (installed !== undefined) return installed;
  }
  signal.throwIfAborted();
  throw new AppError(
    "unavailable",
    "There is no Chromium and none could be installed; install Chromium or Chrome and set CHROMIUM_PATH to it.",
  );
}

/**
 * Installs Debian's Chromium, and says what failed. An earlier installation
 * may have been cut off: dpkg is settled first, and a package that is there
 * only by half, which plain `install` takes for the newest, is put in anew.
 */
async function installByApt(
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const steps = [
    "dpkg --configure -a",
    "apt-get update",
    "apt-get install -y --reinstall --no-install-recommends chromium",
  ];
  for (const step of steps) {
    const [program = "", ...args] = step.split(" ");
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    const { code, output } = await runProgram(program, args, { signal, env });
    if (code !== 0) say(`${step} failed:\n${output.slice(-2000)}`);
  }
}

export async function findChromium(
  signal: AbortSignal,
): Promise<string | undefined> {
  // Loaded here: only this step needs Playwright.
  const { chromium } = await import("@playwright/test");
  for (const path of [...USUAL_PLACES, chromium.executablePath()]) {
    if (await starts(path, signal)) return path;
  }
  return undefined;
}

/** A file alone proves little: libraries may be missing, or it is a stub. */
async function starts(path: string, signal: AbortSignal): Promise<boolean> {
  if (!existsSync(path)) return false;
  return (await runProgram(path, ["--version"], { signal })).code === 0;
}
