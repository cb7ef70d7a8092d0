import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runScript } from "./run";

const FIXTURE = "test/fixtures/sae-step-reference.json";

interface Result {
  passed: boolean;
  largest: number;
  engine: { name: string; device: string };
  errors: { architecture: string; quantity: string; error: number }[];
}

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monolex-reference-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** The fixture with one number changed. */
async function tampered(change: (json: Fixture) => void): Promise<string> {
  const json = JSON.parse(await readFile(FIXTURE, "utf8")) as Fixture;
  change(json);
  const file = join(folder, "step.json");
  await writeFile(file, JSON.stringify(json));
  return file;
}
interface Fixture {
  x: unknown[];
  cases: Record<string, { grad: Record<string, number[]> }>;
}

describe("check:reference", () => {
  it.each([["onnx"], ["tfjs"]])(
    "finds another program's step in agreement: %s",
    async (engine) => {
      const device = engine === "tfjs" ? ["--device", "cpu"] : [];
      const { code, stdout } = await runScript("check-reference", [
        ...[FIXTURE, "--engine", engine, ...device, "--json"],
      ]);
      const result = JSON.parse(stdout) as Result;
      expect(code).toBe(0);
      expect(result.engine.name).toBe(engine);
      expect(result.largest).toBeLessThan(1e-5);
      const seen = new Set(result.errors.map((e) => e.architecture));
      const fixture = JSON.parse(await readFile(FIXTURE, "utf8")) as Fixture;
      expect([...seen]).toEqual(Object.keys(fixture.cases));
      for (const name of seen) {
        const quantities = result.errors
          .filter((e) => e.architecture === name)
          .map((e) => e.quantity);
        expect(quantities).toContain("loss");
        expect(quantities).toContain("grad.W_dec");
        expect(quantities).toContain("adam_step.W_enc");
      }
    },
  );

  it("fails where one gradient is off by a thousandth, and says which", async () => {
    const file = await tampered(({ cases }) => {
      const { grad } = cases.topk!;
      const largest = Math.max(...grad.W_dec!.map(Math.abs));
      grad.W_dec![0]! += largest / 1000;
    });
    const { code, stdout } = await runScript("check-reference", [file]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/topk +grad\.W_dec +1\.0e-3 +TOO LARGE/);
    expect(stdout).toMatch(/failed/);
  });

  it("refuses what is not a reference step", async () => {
    const file = await tampered((json) => (json.x[0] = "one"));
    const { code, stderr } = await runScript("check-reference", [file]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/is not a reference step: x\.0/);
  });
});
