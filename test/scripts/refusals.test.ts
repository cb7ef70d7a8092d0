import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runScript } from "./run";

let folder: string;
let text: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "monolex-refusals-"));
  text = join(folder, "text.txt");
  writeFileSync(text, "A short line of text.\n\n".repeat(2000));
  writeFileSync(join(folder, "broken.jsonl"), '{"text": "fine"}\n{"text": ');
  writeFileSync(join(folder, "empty.txt"), "");
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command that must refuse; what it says, without "error: ". */
async function refusal(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<string> {
  const dataDir = join(folder, "data");
  const { code, stderr } = await runScript(command, args, {
    DATA_DIR: dataDir,
    ...env,
  });
  expect(code).toBe(1);
  // One line, one sentence, no stack.
  expect(stderr).toMatch(/^error: [^\n]+[.)?]\n$/);
  return stderr.slice("error: ".length, -1);
}

describe("every command", () => {
  const commands = readdirSync("scripts")
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.slice(0, -".ts".length));

  it.each(commands)("%s refuses an unknown option", async (command) => {
    expect(await refusal(command, ["--jsn"])).toBe(
      "Unknown option --jsn; did you mean --json?",
    );
  });

  it.each(commands)("%s explains itself", async (command) => {
    const { code, stdout, stderr } = await runScript(command, ["--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Usage: npm (run )?[\w:]+ -- \[options\]$/m);
    expect(stdout).toMatch(/^ {2}--json +\S/m);
  });
});

describe("training refuses", () => {
  it.each([
    [["--hook", "blocks.9.hook_resid_post"], "this model has layers 0 to 3"],
    [["--hook", "resid"], '"resid" is not a residual hook'],
    [["--model", "no-such-model"], '"no-such-model" is neither'],
    [["--corpus", "no-such.txt"], 'There is no corpus "no-such.txt"'],
    [["--corpus", "package.json"], "package.json is not a kind of file"],
    [["--latents", "0"], "--latents must be a whole number of at least 1"],
    [["--name", "a/b"], "--name may hold letters, digits"],
  ])("%j", async (args, part) => {
    expect(await refusal("train", args)).toContain(part);
  });

  it("more active latents than there are", async () => {
    const args = ["--corpus", text, "--latents", "16", "--k", "17"];
    const { code, stderr } = await runScript("train", args, {
      DATA_DIR: join(folder, "data"),
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: k = 17 is more than the 16 latents/m);
  });

  it("text it cannot read, naming file and line", async () => {
    const broken = join(folder, "broken.jsonl");
    expect(await refusal("train", ["--corpus", broken])).toBe(
      "broken.jsonl, line 2 is not valid JSON; each line must be one JSON object.",
    );
    const empty = join(folder, "empty.txt");
    expect(await refusal("train", ["--corpus", empty])).toBe(
      "The corpus empty.txt holds no text.",
    );
  });
});

describe("the environment", () => {
  it("with an impossible port is refused", async () => {
    expect(await refusal("serve", [], { PORT: "http" })).toBe(
      'PORT must be a whole number from 0 to 65535, not "http".',
    );
  });

  it("with a port in use is refused", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as AddressInfo;
    try {
      const sentence = await refusal("demo", ["--port", String(port)]);
      expect(sentence).toContain(`ort ${String(port)}`);
    } finally {
      server.close();
    }
  });
});

describe("what is not there", () => {
  it.each(["evaluate", "index"])("%s says so", async (command) => {
    expect(await refusal(command, ["--sae", "none"])).toMatch(
      /^There is no SAE /,
    );
  });
});
