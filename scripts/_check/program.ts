import { spawn } from "node:child_process";
import { systemErrorCode } from "#lib/errors";

export interface ProgramOptions {
  signal: AbortSignal;
  env?: Record<string, string>;
  /** Called with output as it comes, for programs people like to watch. */
  onOutput?: ((text: string) => void) | undefined;
  /** A program that takes longer hangs: it is stopped, and has failed. */
  limitMs?: number;
}

/** Twice what the longest step, the browser tests, takes on two busy cores. */
const LIMIT_MS = 40 * 60_000;
/** Between asking a program to end and ending it. */
const GRACE_MS = 10_000;

export interface ProgramOutcome {
  /** Exit code; null when a signal ended it. */
  code: number | null;
  /** stdout and stderr together. */
  output: string;
}

/**
 * Runs a program to its end, or to its time limit. Never rejects: what cannot
 * start has failed. What it started itself is stopped with it.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  { signal, env, onOutput, limitMs = LIMIT_MS }: ProgramOptions,
): Promise<ProgramOutcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...withoutColours(process.env), ...env },
      // A process group of its own, so that its children can be stopped too.
      detached: true,
    });
    let output = "";
    const add = (text: string): void => {
      output += text;
      onOutput?.(text);
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", add);
    }
    let killing: NodeJS.Timeout | undefined;
    const stop = (): void => {
      killGroup(child.pid, "SIGTERM");
      killing ??= setTimeout(() => {
        killGroup(child.pid, "SIGKILL");
      }, GRACE_MS);
    };
    const limit = setTimeout(() => {
      add(
        `\n${program} ${args.join(" ")} was stopped: it had not ended after ${limitMs / 1000} s.\n`,
      );
      stop();
    }, limitMs);
    signal.addEventListener("abort", stop);
    const finish = (code: number | null): void => {
      clearTimeout(limit);
      clearTimeout(killing);
      signal.removeEventListener("abort", stop);
      resolve({ code, output });
    };
    child.on("error", (error) => {
      add(error.message);
      finish(null);
    });
    child.on("close", finish);
  });
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // It has ended by itself meanwhile.
    if (systemErrorCode(error) !== "ESRCH") throw error;
  }
}

/** Output that is captured may end in a log: escape codes have no place there. */
function withoutColours(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const plain: NodeJS.ProcessEnv = { ...env, NO_COLOR: "1" };
  delete plain.FORCE_COLOR;
  return plain;
}

/** A program among the installed packages, run by this Node. */
export function runNode(
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramOutcome> {
  return runProgram(process.execPath, args, options);
}
