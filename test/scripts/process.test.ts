import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";

function start(...args: string[]) {
  const script = ["--import", "tsx", "test/scripts/slow-command.ts", ...args];
  const child = spawn(process.execPath, script);
  const outcome = { stdout: "", stderr: "" };
  child.stdout.on("data", (text: Buffer) => (outcome.stdout += String(text)));
  child.stderr.on("data", (text: Buffer) => (outcome.stderr += String(text)));
  const closed = new Promise<number | null>((resolve) => {
    child.on("close", resolve);
  });
  return { child, outcome, closed };
}

async function waiting(child: ChildProcess): Promise<void> {
  await new Promise((resolve) => child.stdout?.once("data", resolve));
}

describe("a command as a process", () => {
  it("winds up on Ctrl-C, even when it arrives twice, and exits 130", async () => {
    const { child, outcome, closed } = start();
    await waiting(child);
    child.kill("SIGINT");
    child.kill("SIGINT"); // as when npm passes on what the terminal sent
    expect(await closed).toBe(130);
    expect(outcome.stdout).toBe("waiting\nsaved\n");
    expect(outcome.stderr).toContain("press Ctrl-C again to quit at once");
  });

  it("ends at once on a second Ctrl-C", async () => {
    const { child, outcome, closed } = start("--stubborn");
    await waiting(child);
    child.kill("SIGINT");
    await setTimeout(700);
    child.kill("SIGINT");
    expect(await closed).toBe(130);
    expect(outcome.stdout).toBe("waiting\n");
  });

  it("ends quietly when its reader goes away", async () => {
    const { child, outcome, closed } = start("--help");
    child.stdout.destroy();
    expect(await closed).toBe(0);
    expect(outcome.stderr).toBe("");
  });
});
