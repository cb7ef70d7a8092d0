import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { runNode } from "./run";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A checkout with nothing installed, and an npm that notes how it is called. */
function bareCheckout(node: string, npmExit: number) {
  const root = mkdtempSync(join(tmpdir(), "monolex-bare-"));
  folders.push(root);
  mkdirSync(join(root, "scripts"));
  copyFileSync("scripts/bootstrap.mjs", join(root, "scripts/bootstrap.mjs"));
  writeFileSync(
    join(root, "package.json"),
    JSON.stringify({ engines: { node } }),
  );
  writeFileSync(
    join(root, "package-lock.json"),
    JSON.stringify({
      packages: { "": {}, "node_modules/a": { version: "1.0.0" } },
    }),
  );
  const npm = join(root, "npm.js");
  writeFileSync(
    npm,
    `require("node:fs").appendFileSync("calls", process.argv.slice(2).join(" ") + "\\n");
     process.exit(${String(npmExit)});`,
  );
  const run = (...args: string[]) =>
    runNode([join(root, "scripts/bootstrap.mjs"), ...args], {
      npm_execpath: npm,
    });
  const calls = () =>
    existsSync(join(root, "calls"))
      ? readFileSync(join(root, "calls"), "utf8").trim().split("\n")
      : [];
  return { root, run, calls };
}

describe("the bootstrap", () => {
  it("refuses a Node that is too old or too new, before it installs", async () => {
    for (const engines of [">=98.2 <99", ">=16.0 <18"]) {
      const { run, calls } = bareCheckout(engines, 0);
      const { code, stderr } = await run("demo");
      expect(code).toBe(1);
      expect(stderr).toMatch(/^error: Node [\d.]+ is not supported; [^\n]+\n$/);
      expect(calls()).toEqual([]);
    }
  });

  it("says what to do when npm cannot install, and leaves no stamp", async () => {
    const { root, run, calls } = bareCheckout(">=18.0 <99", 1);
    mkdirSync(join(root, "node_modules"));
    const { code, stdout, stderr } = await run("test");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/\nerror: The packages could not be installed /);
    expect(calls()).toEqual(["ci --include=dev --no-audit --no-fund"]);
    expect(existsSync(join(root, "node_modules/.monolex-install"))).toBe(false);
  });

  it("installs again when a package has another version than the lock file", async () => {
    const { root, run, calls } = bareCheckout(">=18.0 <99", 1);
    mkdirSync(join(root, "node_modules"));
    const hidden = join(root, "node_modules/.package-lock.json");
    const installed = (version: string) => {
      writeFileSync(
        hidden,
        JSON.stringify({ packages: { "node_modules/a": { version } } }),
      );
    };
    installed("0.9.0");
    await run("test");
    expect(calls()).toHaveLength(1);
    installed("1.0.0");
    const { stderr } = await run("test");
    // Installed by hand: no npm ci; the native modules are what is missing now.
    expect(calls().slice(1)).toEqual(["rebuild better-sqlite3"]);
    expect(stderr).toMatch(/error: better-sqlite3 does not load [^\n]+\n$/);
  });

  it("names its commands", async () => {
    const { code, stderr } = await runNode(["scripts/bootstrap.mjs", "dmo"]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      "error: Usage: node scripts/bootstrap.mjs demo|test [options]\n",
    );
  });

  it("passes arguments, output and exit code through", async () => {
    const { code, stdout, stderr } = await runNode([
      "scripts/bootstrap.mjs",
      "test",
      "--only",
      "nonsense",
    ]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^error: There is no step "nonsense"; [^\n]+\n$/);
  });
});
