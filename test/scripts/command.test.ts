import { describe, expect, it } from "vitest";
import { AppError } from "#lib/errors";
import { defineCommand, type CommandSpec } from "../../scripts/_cli/command";
import type { OptionTable } from "../../scripts/_cli/options";

const OPTIONS = {
  model: { type: "string", default: "mini-gpt2", help: "model to read" },
  hookName: { type: "string", help: "hook point" },
  latents: { type: "integer", default: 4096, min: 1, help: "latents" },
  learningRate: { type: "number", default: 1e-3, help: "step size" },
  engine: { type: "choice", choices: ["auto", "onnx"], help: "engine" },
  serve: { type: "boolean", default: true, help: "leave the app running" },
} as const satisfies OptionTable;

async function run(
  argv: string[],
  body: CommandSpec<typeof OPTIONS>["run"] = () => Promise.resolve(),
  controller = new AbortController(),
) {
  let stdout = "";
  let stderr = "";
  const command = defineCommand({
    name: "train",
    summary: "Trains.",
    options: OPTIONS,
    run: body,
  });
  const code = await command.execute(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    signal: controller.signal,
  });
  return { code, stdout, stderr };
}

describe("a command's options", () => {
  it("arrive typed, with their defaults", async () => {
    let seen: unknown;
    const { code } = await run(
      ["--latents", "2_000", "--learning-rate=3e-4", "--no-serve"],
      ({ options }) => {
        seen = options;
        return Promise.resolve();
      },
    );
    expect(code).toBe(0);
    expect(seen).toMatchObject({
      model: "mini-gpt2",
      latents: 2000,
      learningRate: 3e-4,
      serve: false,
    });
    expect(seen).toHaveProperty("hookName", undefined);
  });

  it.each([
    [["--latent", "5"], "Unknown option --latent; did you mean --latents?"],
    [
      ["--hookname", "x"],
      "Unknown option --hookname; did you mean --hook-name?",
    ],
    [["--zzz"], "Unknown option --zzz; --help lists the options."],
    [["-k", "5"], "Unknown option -k; --help lists the options."],
    [["--no-model"], "Unknown option --no-model; --help lists the options."],
    [["--latents"], "--latents needs a value: --latents <n>."],
    [["--model", "--json"], "--model needs a value: --model <text>."],
    [["--model="], "--model needs a value: --model <text>."],
    [
      ["--latents", "many"],
      '--latents must be a whole number of at least 1, not "many".',
    ],
    [
      ["--latents", "0"],
      '--latents must be a whole number of at least 1, not "0".',
    ],
    [
      ["--latents", "1.5"],
      '--latents must be a whole number of at least 1, not "1.5".',
    ],
    [
      ["--learning-rate", "Infinity"],
      '--learning-rate must be a number, not "Infinity".',
    ],
    [["--engine", "gpu"], '--engine must be one of auto, onnx, not "gpu".'],
    [["--serve=yes"], "--serve is a switch and takes no value."],
    [
      ["mini-gpt2"],
      'Unexpected argument "mini-gpt2"; options are given as --name value.',
    ],
  ])("%j is refused in one sentence", async (argv, message) => {
    const { code, stdout, stderr } = await run(argv);
    expect(stderr).toBe(`error: ${message}\n`);
    expect(stdout).toBe("");
    expect(code).toBe(1);
  });

  it("are listed by --help with their defaults", async () => {
    const { code, stdout } = await run(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Usage: npm run train -- [options]");
    expect(stdout).toMatch(
      /--model <text> +model to read \(default mini-gpt2\)/,
    );
    expect(stdout).toMatch(/--engine <auto\|onnx> +engine\n/);
    expect(stdout).toMatch(/--no-serve +leave the app running\n/);
    expect(stdout).toMatch(/--json +print the result as JSON/);
  });
});

describe("a command's output", () => {
  const speak: CommandSpec<typeof OPTIONS>["run"] = ({ say, result }) => {
    say("Trained.");
    result({ fvu: 0.125 });
    return Promise.resolve();
  };

  it("is for people by default", async () => {
    expect(await run([], speak)).toEqual({
      code: 0,
      stdout: "Trained.\n",
      stderr: "",
    });
  });

  it("is one JSON value on stdout under --json, all else on stderr", async () => {
    expect(await run(["--json"], speak)).toEqual({
      code: 0,
      stdout: '{"fvu":0.125}\n',
      stderr: "Trained.\n",
    });
  });
});

describe("a failing command", () => {
  const failing = (error: unknown) => () => Promise.reject(error as Error);
  const system = (code: string, message: string) =>
    Object.assign(new Error(message), { code });

  it("shows an expected error's sentence alone", async () => {
    const { code, stderr } = await run(
      [],
      failing(new AppError("invalid", "k must not exceed 4096.")),
    );
    expect(code).toBe(1);
    expect(stderr).toBe("error: k must not exceed 4096.\n");
  });

  it("shows the stack and its causes with --debug", async () => {
    const cause = new Error("the cause");
    const { stderr } = await run(
      ["--debug"],
      failing(new AppError("invalid", "Bad file.", { cause })),
    );
    expect(stderr).toMatch(/^error: Bad file\.\nAppError: Bad file\.\n +at /);
    expect(stderr).toContain("caused by: Error: the cause\n    at ");
  });

  it("names a full disk", async () => {
    const { code, stderr } = await run(
      [],
      failing(system("ENOSPC", "ENOSPC: no space left on device, write")),
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: The disk is full; [^\n]+\n$/);
  });

  it("points at --debug for an unexpected error, without its stack", async () => {
    const { code, stderr } = await run([], failing(new TypeError("x is null")));
    expect(code).toBe(1);
    expect(stderr).toBe(
      "error: Something unexpected went wrong: x is null (run again with --debug to see where).\n",
    );
  });

  it("exits 130 when it stopped because it was asked to", async () => {
    for (const end of ["return", "throw"]) {
      const controller = new AbortController();
      const { code, stderr } = await run(
        [],
        ({ signal }) => {
          controller.abort();
          if (end === "throw") signal.throwIfAborted();
          return Promise.resolve();
        },
        controller,
      );
      expect([code, stderr]).toEqual([130, ""]);
    }
  });
});
