import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "#lib/errors";
import { writeFileAtomic } from "#lib/files";
import type { StepUi } from "./console";

/** Next's own command line, run directly: a wrapper would swallow signals. */
export const NEXT = join("node_modules", "next", "dist", "bin", "next");

/** What the web app is built from. */
const SOURCES = [
  "app",
  "lib",
  "public",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "tsconfig.json",
];
const STAMP = join(".next", "monolex-stamp");

/** Whether .next holds a production build of the present sources. */
export async function isBuilt(): Promise<boolean> {
  const stamp = await readFile(STAMP, "utf8").catch(() => "");
  return stamp !== "" && stamp === (await hashSources());
}

/**
 * Builds the production web app unless the present sources are built already.
 *
 * @throws AppError with the builder's last words when it fails.
 */
export async function runBuild(ui: StepUi): Promise<void> {
  if (await isBuilt()) {
    ui.say("build    web app is up to date");
    return;
  }
  const started = performance.now();
  ui.say("build    web app …");
  const output = await run(process.execPath, [NEXT, "build"], ui.signal);
  if (output.code !== 0) {
    throw new AppError(
      "internal",
      `The web app does not build: ${output.text.trim().split("\n").slice(-12).join("\n")}`,
    );
  }
  await writeFileAtomic(STAMP, await hashSources());
  const seconds = (performance.now() - started) / 1000;
  ui.say(`build    web app in ${seconds.toFixed(0)} s`);
}

/** A child's exit code and everything it printed. */
function run(
  command: string,
  args: string[],
  signal: AbortSignal,
): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
      },
      signal,
    });
    let text = "";
    const collect = (chunk: Buffer) => {
      text += chunk.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", reject);
    child.on("exit", (code) => {
      resolve({ code, text });
    });
  });
}

async function hashSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const file of (await Promise.all(SOURCES.map(filesUnder)))
    .flat()
    .sort()) {
    hash.update(`${file}\n`).update(await readFile(file));
  }
  return hash.digest("hex");
}

async function filesUnder(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, {
      recursive: true,
      withFileTypes: true,
    });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    // A single file, or one that is not there.
    return readFile(path).then(
      () => [path],
      () => [],
    );
  }
}
