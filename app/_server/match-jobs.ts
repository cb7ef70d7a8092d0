import { fork } from "node:child_process";
import { join } from "node:path";
import { AppError } from "#lib/errors";

/** A match in the making, or one that failed. */
export type MatchJob =
  | { state: "running"; done: number; total: number }
  | { state: "failed"; message: string };

/** More matches than this do not wait for their turn. */
const MAX_WAITING = 8;

interface Jobs {
  /** By the file that is made. */
  jobs: Map<string, MatchJob>;
  /** Settles when all jobs begun so far have ended. */
  tail: Promise<void>;
}

/*
 * On globalThis: a web server bundles this module into several copies, which
 * are to know of one another's jobs.
 */
const KEY = Symbol.for("monolex.matchJobs");
const shared = globalThis as { [KEY]?: Jobs };

/** The job that makes this file; undefined when there is none. */
export function matchJob(file: string): MatchJob | undefined {
  return shared[KEY]?.jobs.get(file);
}

/**
 * Starts `npm run match` in a process of its own, one at a time; does nothing
 * while this file is being made already.
 *
 * @throws AppError "rate_limited" when too many wait.
 */
export function startMatch(file: string, a: string, b: string): void {
  const all = (shared[KEY] ??= { jobs: new Map(), tail: Promise.resolve() });
  if (all.jobs.get(file)?.state === "running") return;
  const running = [...all.jobs.values()].filter((j) => j.state === "running");
  if (running.length >= MAX_WAITING) {
    throw new AppError(
      "rate_limited",
      "Too many SAEs are waiting to be matched; try again in a minute.",
    );
  }
  const job = { state: "running" as const, done: 0, total: 0 };
  all.jobs.set(file, job);
  all.tail = all.tail.then(async () => {
    const failure = await runCommand(a, b, (done, total) => {
      Object.assign(job, { done, total });
    });
    if (failure === null) all.jobs.delete(file);
    else all.jobs.set(file, { state: "failed", message: failure });
  });
}

/** Runs the command; null when it went well, else its one sentence. */
function runCommand(
  a: string,
  b: string,
  onProgress: (done: number, total: number) => void,
): Promise<string | null> {
  return new Promise((resolve) => {
    // Split, so that the bundler does not take the command for a part of the app.
    const script = join(
      /* turbopackIgnore: true */ process.cwd(),
      "scripts",
      "match.ts",
    );
    const child = fork(script, ["--a", a, "--b", b], {
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000);
    });
    child.on("message", (message: { done: number; total: number }) => {
      onProgress(message.done, message.total);
    });
    child.on("error", (error) => {
      console.error(error);
      resolve("The match could not be started.");
    });
    child.on("close", (code) => {
      if (code === 0) resolve(null);
      else
        resolve(/^error: (.+)$/m.exec(said)?.[1] ?? "The match was stopped.");
    });
  });
}
