import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildFixtureIndex } from "#test/db/fixture";
import { closeConnections, matchReader } from "#lib/db/index";
import { Rng } from "#lib/random";
import { loadSae } from "#lib/sae/index";
import { permutedSae, randomSae } from "../permuted-sae";
import { runScript } from "./run";

const D_SAE = 96;
let folder: string;
let env: Record<string, string>;
let order: Uint32Array;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "monolex-match-"));
  env = { DATA_DIR: folder };
  const saes = join(folder, "saes");
  await randomSae(join(saes, "one"), D_SAE, 1);
  order = new Rng(2).permutation(D_SAE);
  await permutedSae(join(saes, "one"), join(saes, "two"), order, 0.02);
  await randomSae(join(saes, "narrow"), 16, 3, 128);
  // Feature 0, 25, 50 … of a fixture never fire.
  const { hash } = await loadSae(join(saes, "two"));
  buildFixtureIndex(join(folder, "index", "two.sqlite"), {
    saeId: "two",
    saeHash: hash,
    dSae: D_SAE,
    sequences: 20,
  });
});
afterAll(() => {
  closeConnections();
  rmSync(folder, { recursive: true, force: true });
});

interface Result {
  file: string;
  status: string;
  bytes: number;
  sides: { saeId: string; saeHash: string; indexedAt: string | null }[];
}

const refusal = async (...args: string[]) => {
  const { code, stderr } = await runScript("match", args, env);
  expect(code).toBe(1);
  return stderr;
};

describe("npm run match", () => {
  it("finds the permutation between two SAEs and leaves a match alone while it is up to date", async () => {
    const outcome = await runScript(
      "match",
      ["--a", "one", "--b", "two", "--json"],
      env,
    );
    expect(outcome.code, outcome.stderr).toBe(0);
    const built = JSON.parse(outcome.stdout) as Result;
    expect(built.status).toBe("finished");
    expect(built.bytes).toBe(statSync(built.file).size);
    const two = built.sides.find((side) => side.saeId === "two")!;
    const one = built.sides.find((side) => side.saeId === "one")!;
    expect([one.indexedAt === null, two.indexedAt === null]).toEqual([
      true,
      false,
    ]);
    const reader = matchReader(built.file);
    for (let i = 0; i < D_SAE; i++) {
      const row = reader.row(two.saeHash, i)!;
      expect(row.best).toBe(order[i]);
      expect(row.mutual).toBe(true);
      expect(row.cosine).toBeGreaterThan(0.9);
      expect(row.encoderCosine).toBeGreaterThan(0.9);
    }
    const { all, live } = reader.summary(two.saeHash);
    expect(all.mutual[70]).toBe(D_SAE);
    expect(live.features).toBe(D_SAE - 4);
    // Without an index every feature counts as live.
    expect(reader.summary(one.saeHash).live.features).toBe(D_SAE);

    // The other way round it is the same file.
    const again = await runScript(
      "match",
      ["--a", "two", "--b", "one", "--json"],
      env,
    );
    expect(JSON.parse(again.stdout)).toMatchObject({
      status: "already",
      file: built.file,
    });
    expect(readdirSync(join(folder, "matches"))).toHaveLength(1);
  });

  it("reports to the program that started it", async () => {
    const child = spawn(
      process.execPath,
      [
        "--import",
        "tsx",
        "scripts/match.ts",
        "--a",
        "one",
        "--b",
        "two",
        "--restart",
      ],
      {
        env: { ...process.env, ...env },
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      },
    );
    const messages: unknown[] = [];
    child.on("message", (message) => messages.push(message));
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(0);
    expect(messages.at(-1)).toEqual({ done: 2 * D_SAE, total: 2 * D_SAE });
  });

  it("refuses what cannot be matched in one sentence", async () => {
    expect(await refusal("--a", "one")).toMatch(/^error: Name two SAEs/);
    expect(await refusal("--a", "one", "--b", "one")).toMatch(
      /^error: one and one have the same weights; choose two different SAEs\.\n$/,
    );
    expect(await refusal("--a", "one", "--b", "narrow")).toMatch(
      /^error: (one reads 256 numbers a token and narrow 128|narrow reads 128 numbers a token and one 256); [^\n]+\.\n$/,
    );
    expect(await refusal("--a", "one", "--b", "three")).toMatch(
      /^error: There is no SAE "three"; there are: narrow, one, two\.\n$/,
    );
  });
});
