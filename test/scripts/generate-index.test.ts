import Database from "better-sqlite3";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { verifyIndex } from "#lib/features/index";
import { runScript } from "./run";

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "monolex-generate-"));
  await generate("first", "0");
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function generate(name: string, seed: string) {
  const size = ["--features", "1000", "--tokens", "200_000"];
  const { code, stdout, stderr } = await runScript(
    "generate-index",
    [...size, "--name", name, "--seed", seed, "--json"],
    { DATA_DIR: folder },
  );
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as { status: string; file: string };
}

const fileOf = (name: string) => join(folder, "index", `${name}.sqlite`);

it("writes an index that is sound", () => {
  expect(verifyIndex(fileOf("first")).problems).toEqual([]);
});

const DENSE =
  "firing_count > 0.1 * (SELECT json_extract(json, '$.tokens') FROM manifest)";

it("has features as unlike as real ones: most have all examples", () => {
  const db = new Database(fileOf("first"), { readonly: true });
  const count = (where: string) =>
    db
      .prepare<[], number>(`SELECT count(*) FROM features WHERE ${where}`)
      .pluck()
      .get()!;
  expect(count("firing_count = 0")).toBeGreaterThan(10);
  expect(count("firing_count = 0")).toBeLessThan(60);
  // Dense ones: on more than a tenth of the tokens.
  expect(count(DENSE)).toBeGreaterThan(0);
  expect(count(DENSE)).toBeLessThan(20);
  // Densities cover orders of magnitude.
  expect(count("firing_count BETWEEN 1 AND 9")).toBeGreaterThan(50);
  expect(count("firing_count > 500")).toBeGreaterThan(10);
  const groups = db
    .prepare<[], { grp: number; most: number }>(
      `SELECT grp, max(n) AS most FROM
         (SELECT grp, count(*) AS n FROM examples GROUP BY feature, grp)
       GROUP BY grp ORDER BY grp`,
    )
    .all();
  expect(groups.map((g) => g.most)).toEqual([20, 4, 4, 4, 4, 4]);
  db.close();
});

it("generates the same bytes again, others from another seed, nothing twice", async () => {
  const first = readFileSync(fileOf("first"));
  expect(await generate("first", "0")).toMatchObject({ status: "already" });
  rmSync(fileOf("first"));
  expect(await generate("first", "0")).toMatchObject({ status: "finished" });
  expect(readFileSync(fileOf("first")).equals(first)).toBe(true);
  await generate("first", "1");
  expect(readFileSync(fileOf("first")).equals(first)).toBe(false);
}, 120_000);
