import { AppError, systemErrorCode } from "#lib/errors";
import {
  describeOptions,
  parseOptions,
  type OptionTable,
  type OptionValues,
} from "./options";
import { Progress } from "./progress";

/** What a command's `run` is given. */
export interface CommandContext<T extends OptionTable> {
  options: OptionValues<T>;
  /** Aborted by the first Ctrl-C (or SIGTERM): save what is done and return. */
  signal: AbortSignal;
  /** True under --json: stdout carries nothing but what `result` prints. */
  json: boolean;
  /** A line for people: stdout, or stderr under --json. */
  say(line?: string): void;
  /** Text as it is, for passing on another program's output. */
  write(text: string): void;
  /** Makes the exit code 1 without an error: what was said tells why. */
  fail(): void;
  /** The command's answer as one line of JSON; printed only under --json. */
  result(value: unknown): void;
  /** A bar for one long step, drawn where `say` speaks. */
  progress(
    label: string,
    options: { unit: string; total?: number; from?: number },
  ): Progress;
}

export interface CommandSpec<T extends OptionTable> {
  /** As it is called: "train" for `npm run train`. */
  name: string;
  /** What the command does, in one or two sentences. */
  summary: string;
  options: T;
  /** The option, or options in turn, that may be given without its flag. */
  positional?: (keyof T & string) | readonly (keyof T & string)[];
  /** Lines shown at the end of --help. */
  examples?: readonly string[];
  run(context: CommandContext<T>): Promise<void>;
}

/** What a command needs of its process; tests pass their own. */
export interface CommandIo {
  stdout: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  stderr: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  signal: AbortSignal;
}

export interface Command {
  readonly name: string;
  /** Runs with these arguments and returns the exit code; never throws. */
  execute(argv: readonly string[], io: CommandIo): Promise<number>;
}

/** Every command has these. */
const COMMON = {
  json: {
    type: "boolean",
    help: "print the result as JSON on stdout, everything else on stderr",
  },
  debug: { type: "boolean", help: "show the stack of an error" },
  help: { type: "boolean", help: "show this help" },
} as const satisfies OptionTable;

/**
 * Makes a command of a table of options and a function. The table is the one
 * place options are described: parsing, types, defaults and --help come of it.
 */
export function defineCommand<const T extends OptionTable>(
  spec: CommandSpec<T>,
): Command {
  const table = { ...spec.options, ...COMMON };
  return {
    name: spec.name,
    async execute(argv, io) {
      const bars: Progress[] = [];
      // Known before parsing, so that a parse error can be debugged as well.
      const debug = argv.includes("--debug");
      try {
        if (argv.includes("--help") || argv.includes("-h")) {
          io.stdout.write(`${helpText({ ...spec, options: table })}\n`);
          return 0;
        }
        const options = parseOptions<OptionTable>(table, argv, spec.positional);
        const json = options.json === true;
        const out = json ? io.stderr : io.stdout;
        let code = 0;
        await spec.run({
          options: options as OptionValues<T>,
          signal: io.signal,
          json,
          say: (line = "") => out.write(`${line}\n`),
          write: (text) => out.write(text),
          fail: () => {
            code = 1;
          },
          result: (value) => {
            if (json) io.stdout.write(`${JSON.stringify(value)}\n`);
          },
          progress: (label, rest) => {
            const bar = new Progress({ output: out, label, ...rest });
            bars.push(bar);
            return bar;
          },
        });
        return io.signal.aborted ? INTERRUPTED : code;
      } catch (error) {
        for (const bar of bars) bar.clear();
        if (io.signal.aborted && isAbort(error, io.signal)) return INTERRUPTED;
        io.stderr.write(describeError(error, debug));
        return 1;
      }
    },
  };
}

/** 128 + SIGINT, what shells expect of a command stopped by Ctrl-C. */
const INTERRUPTED = 130;

/**
 * A Ctrl-C reaches a command from the terminal and once more from each parent
 * that passes it on (npm, bootstrap.mjs): within this time it is the same one.
 */
const SAME_SIGNAL_MS = 500;

/**
 * Runs a command as this process: its arguments, its output, its exit code.
 * The first SIGINT or SIGTERM aborts the command's signal; a second one ends
 * the process at once.
 */
export async function main(command: Command): Promise<void> {
  const controller = new AbortController();
  let stoppedAt = 0;
  const stop = (): void => {
    if (controller.signal.aborted) {
      if (performance.now() - stoppedAt < SAME_SIGNAL_MS) return;
      process.exit(INTERRUPTED);
    }
    stoppedAt = performance.now();
    process.stderr.write("\nStopping; press Ctrl-C again to quit at once.\n");
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // A reader that closed the pipe (`… | head -1`) is not an error.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error) => {
      if (systemErrorCode(error) === "EPIPE") process.exit(0);
      throw error;
    });
  }
  const code = await command.execute(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    signal: controller.signal,
  });
  // Native thread pools may outlive the work; the last output may not be lost.
  process.stdout.write("", () => process.exit(code));
}

function isAbort(error: unknown, signal: AbortSignal): boolean {
  return (
    error === signal.reason ||
    (error instanceof Error && error.name === "AbortError")
  );
}

/** What stderr shows for an error: one line, with --debug also the stack. */
export function describeError(error: unknown, debug: boolean): string {
  const stack = debug ? `${stackOf(error)}\n` : "";
  return `error: ${sentenceFor(error)}\n${stack}`;
}

function sentenceFor(error: unknown): string {
  if (error instanceof AppError) return error.message;
  switch (systemErrorCode(error)) {
    case "ENOSPC":
    case "SQLITE_FULL":
      return "The disk is full; free some space (or point DATA_DIR to another disk) and run the command again.";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `The system does not permit this: ${messageOf(error)}.`;
    case undefined:
    default: {
      const message = messageOf(error).split("\n")[0] ?? "";
      return `Something unexpected went wrong: ${message} (run again with --debug to see where).`;
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The stack with those of its causes. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined
    ? own
    : `${own}\ncaused by: ${stackOf(error.cause)}`;
}

function helpText(
  spec: Pick<
    CommandSpec<OptionTable>,
    "name" | "summary" | "options" | "examples"
  >,
): string {
  // npm knows these two without "run".
  const run = ["start", "test"].includes(spec.name) ? "npm" : "npm run";
  return [
    spec.summary,
    "",
    `Usage: ${run} ${spec.name} -- [options]`,
    "",
    describeOptions(spec.options),
    ...(spec.examples === undefined
      ? []
      : ["", "Examples:", ...spec.examples.map((line) => `  ${line}`)]),
  ].join("\n");
}
