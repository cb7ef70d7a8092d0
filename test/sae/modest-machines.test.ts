import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSae, trainSae, type Sae } from "#lib/sae/index";
import { expectClose } from "#test/tolerance";
import { runNode } from "#test/scripts/run";
import {
  PLANTED_IDENTITY,
  plantedSource,
  SMALL_RUN,
  smallRunConfig,
} from "./planted-source";

/** V8 then compiles as for a processor that has neither, nor WebAssembly SIMD. */
const NO_SIMD = ["--no-enable-sse4-1", "--no-enable-avx"];
const SIMD_BUILD = "lib/compute/kernels/build/kernels.wasm";
const HAS_SIMD = `process.exit(WebAssembly.validate(require("fs").readFileSync("${SIMD_BUILD}")) ? 0 : 7)`;

let root = "";
let usual: Sae;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "monolex-modest-"));
  usual = await train("usual", 2);
});
afterAll(() => rm(root, { recursive: true }));

async function train(name: string, threads: number): Promise<Sae> {
  const folder = join(root, name);
  await trainSae({
    config: smallRunConfig(),
    identity: PLANTED_IDENTITY,
    source: plantedSource(SMALL_RUN.source),
    folder,
    threads,
    checkpointSeconds: Infinity,
  });
  return loadSae(folder);
}

function expectSameSae(actual: Sae): void {
  for (const name of ["W_enc", "W_dec", "b_enc", "b_dec"] as const) {
    expectClose(actual[name], usual[name], 1e-3);
  }
}

describe("training", () => {
  it("needs no WebAssembly SIMD", async ({ skip }) => {
    expect((await runNode(["-e", HAS_SIMD])).code).toBe(0);
    const without = await runNode([...NO_SIMD, "-e", HAS_SIMD]);
    if (without.code === 0) skip("SIMD cannot be switched off here");
    expect(without.code).toBe(7);

    const folder = join(root, "scalar");
    const child = await runNode([
      ...[...NO_SIMD, "--import", "tsx", "test/sae/train-child.ts", folder],
    ]);
    expect(child.code, child.stderr).toBe(0);
    const scalar = await loadSae(folder);
    expectSameSae(scalar);
    // Another order of addition shows that the other build did run.
    expect(scalar.W_dec).not.toEqual(usual.W_dec);
  }, 60_000);

  it("needs no second core", async () => {
    expectSameSae(await train("one", 1));
  });
});
