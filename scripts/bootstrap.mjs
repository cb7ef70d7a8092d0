// Gets a checkout ready and runs one of its commands:
//
//   node scripts/bootstrap.mjs demo|test [...arguments]
//
// Plain JavaScript without dependencies: it is what runs when nothing is
// installed yet. It writes to stderr only; stdout belongs to the command.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdtempSync } from "node:fs";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { constants as osConstants, homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const COMMANDS = ["demo", "test"];

const root = fileURLToPath(new URL("../", import.meta.url));
const modules = join(root, "node_modules");
const stamp = join(modules, ".monolex-install");

/** An expected failure: one sentence, exit code 1. */
class Failure extends Error {}

/** The signal that ended a step, if one did. */
let stoppedBy;

const [command, ...args] = process.argv.slice(2);
try {
  if (!COMMANDS.includes(command)) {
    throw new Failure(
      `Usage: node scripts/bootstrap.mjs ${COMMANDS.join("|")} [options]`,
    );
  }
  checkNode();
  await ensureInstalled();
  await ensureNativeModules();
  await ensureKernels();
  const script = join("scripts", `${command}.ts`);
  process.exitCode = await run(["--import", "tsx", script, ...args]);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  // A step that was stopped has not failed.
  if (stoppedBy === undefined) say(`error: ${error.message}`);
  process.exitCode = stoppedBy === undefined ? 1 : exitCodeOf(stoppedBy);
}

function checkNode() {
  const { engines } = readJson(join(root, "package.json"));
  const [, low, lowMinor, high] = /^>=(\d+)\.(\d+) <(\d+)$/.exec(engines.node);
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (
    major < Number(low) ||
    (major === Number(low) && minor < Number(lowMinor)) ||
    major >= Number(high)
  ) {
    throw new Failure(
      `Node ${process.versions.node} is not supported; install Node ${low} (from ${low}.${lowMinor} on) up to ${Number(high) - 1} and run the command again.`,
    );
  }
}

/** Runs `npm ci` unless node_modules was made from this package-lock.json. */
async function ensureInstalled() {
  const lockText = readFileSync(join(root, "package-lock.json"));
  const lockHash = createHash("sha256").update(lockText).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lockHash) return;
  if (!isInstalled(JSON.parse(lockText))) {
    const started = Date.now();
    say("install  npm ci …");
    if ((await npm("ci", "--include=dev", "--no-audit", "--no-fund")) !== 0) {
      throw new Failure(
        "The packages could not be installed (npm's reason is above); without a compiler for native modules, install one (on Debian: apt-get install -y build-essential python3), then run the command again.",
      );
    }
    say(`install  in ${Math.round((Date.now() - started) / 1000)} s`);
  }
  writeFileSync(stamp, lockHash);
}

/**
 * Whether an installation made by hand has every package at its version. npm
 * keeps what it installed in a lock file of its own inside node_modules.
 */
function isInstalled(lock) {
  const hidden = join(modules, ".package-lock.json");
  if (!existsSync(hidden)) return false;
  const present = readJson(hidden).packages;
  return Object.entries(lock.packages).every(
    ([path, { version, optional, devOptional }]) =>
      path === "" ||
      // An optional package may be for another system, or have failed.
      ((optional || devOptional) && !present[path]) ||
      present[path]?.version === version,
  );
}

/** Loads the native modules once, each in a process that may well crash. */
async function ensureNativeModules() {
  const loads = (code) => run(["-e", code], { quiet: true });
  const sqlite = "new (require('better-sqlite3'))(':memory:')";
  if ((await loads(sqlite)) !== 0) {
    // Built for another Node, or its install script was not run.
    say("install  npm rebuild better-sqlite3 …");
    await npm("rebuild", "better-sqlite3");
    if ((await loads(sqlite)) !== 0) {
      throw new Failure(
        "better-sqlite3 does not load and could not be rebuilt; install a C++ compiler (on Debian: apt-get install -y build-essential python3), remove node_modules and run the command again.",
      );
    }
  }
  if ((await loads("require('onnxruntime-node')")) !== 0) {
    throw new Failure(
      `onnxruntime-node does not load on this system (${process.platform} ${process.arch}); it needs a 64-bit Linux with glibc 2.28 or newer, macOS or Windows.`,
    );
  }
}

/** Compiles the WebAssembly kernels if they are missing or out of date. */
async function ensureKernels() {
  const kernels = join(root, "lib", "compute", "kernels");
  // The one that is built last: while it is older, both are built again.
  const built = join(kernels, "build", "kernels-scalar.wasm");
  const assembly = join(kernels, "assembly");
  const sources = readdirSync(assembly).map((name) => join(assembly, name));
  const builtAt = existsSync(built) ? statSync(built).mtimeMs : -Infinity;
  if (sources.every((file) => statSync(file).mtimeMs <= builtAt)) return;
  say("build    WebAssembly kernels …");
  const code = await run([join("scripts", "build-kernels.mjs")], {
    toStderr: true,
  });
  if (code !== 0) throw new Failure("The WebAssembly kernels do not build.");
}

/** Runs npm: the one that runs us, if one does. */
function npm(...npmArgs) {
  const cli = process.env.npm_execpath;
  const env = { ...process.env };
  if (!isWritable(homedir())) {
    // npm and node-gyp keep their caches at home.
    env.HOME = mkdtempSync(join(tmpdir(), "monolex-npm-"));
  }
  return cli?.endsWith(".js")
    ? run([cli, ...npmArgs], { env, toStderr: true })
    : run(npmArgs, { program: "npm", env, toStderr: true });
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs a program (this Node by default) in the checkout, passes signals on to
 * it and resolves to its exit code.
 */
function run(runArgs, options = {}) {
  const { program = process.execPath, env, quiet, toStderr } = options;
  const output = quiet ? "ignore" : toStderr ? process.stderr : "inherit";
  const child = spawn(program, runArgs, {
    cwd: root,
    env: env ?? process.env,
    stdio: ["inherit", output, quiet ? "ignore" : "inherit"],
    // npm is a .cmd file on Windows.
    shell: program === "npm" && process.platform === "win32",
  });
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  const pass = (signal) => {
    stoppedBy = signal;
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      for (const name of signals) process.off(name, pass);
      resolve(code ?? exitCodeOf(signal));
    });
  });
}

/** What shells report for a process that a signal ended. */
function exitCodeOf(signal) {
  return 128 + osConstants.signals[signal];
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
