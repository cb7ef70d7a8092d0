import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  readSafetensorsElements,
  toHalf,
  writeSafetensors,
} from "#lib/compute/index";
import { loadSae, readDirections, type Sae } from "#lib/sae/index";
import { randomSae } from "#test/permuted-sae";

let folder: string;
let sae: Sae;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "monolex-directions-"));
  await randomSae(join(folder, "sae"), 40, 1, 24);
  sae = await loadSae(join(folder, "sae"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("one feature's directions are those of the SAE loaded whole", async () => {
  for (const feature of [0, 17, 39]) {
    const directions = await readDirections(join(folder, "sae"), feature);
    const row = (matrix: Float32Array) =>
      matrix.subarray(feature * 24, (feature + 1) * 24);
    expect(directions.encoder).toEqual(row(sae.W_enc).slice());
    expect(directions.decoder).toEqual(row(sae.W_dec).slice());
  }
});

test("a feature that is not there is refused", async () => {
  await expect(readDirections(join(folder, "sae"), 40)).rejects.toThrow(
    /has no element/,
  );
});

test("sixteen-bit elements are widened", async () => {
  const file = join(folder, "half.safetensors");
  const halves = new Uint16Array(4);
  toHalf(Float32Array.of(0.5, -2, 1024, 0.0999755859375), halves);
  await writeSafetensors(file, { x: { data: halves, shape: [4] } });
  const read = await readSafetensorsElements(file, "x", {
    first: 1,
    stride: 2,
    count: 2,
  });
  expect([...read]).toEqual([-2, 0.0999755859375]);
  await expect(
    readSafetensorsElements(file, "y", { first: 0, stride: 1, count: 1 }),
  ).rejects.toThrow(/no tensor "y"/);
});
