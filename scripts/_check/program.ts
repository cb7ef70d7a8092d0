import { spawn } from "node:child_process";

export interface ProgramOptions {
  signal: AbortSignal;
  env?: Record<string, string>;
  /** Called with output as it comes, for programs people like to watch. */
  onOutput?: ((text: string) => void) | undefined;
}

export interface ProgramOutcome {
  /** Exit code; null when a signal ended it. */
  code: number | null;
  /** stdout and stderr together. */
  output: string;
}

/** Runs a program to its end. Never rejects: what cannot start has failed. */
export function runProgram(
  program: string,
  args: readonly string[],
  { signal, env, onOutput }: ProgramOptions,
): Promise<ProgramOutcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...withoutColours(process.env), ...env },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        onOutput?.(text);
      });
    }
    const stop = (): void => {
      child.kill("SIGTERM");
    };
    signal.addEventListener("abort", stop);
    const finish = (code: number | null): void => {
      signal.removeEventListener("abort", stop);
      resolve({ code, output });
    };
    child.on("error", (error) => {
      output += error.message;
      finish(null);
    });
    child.on("close", finish);
  });
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
