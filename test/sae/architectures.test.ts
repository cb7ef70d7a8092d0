import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { Rng } from "#lib/random";
import { checkTrainingConfig } from "#lib/sae/check-config";
import {
  ARCHITECTURES,
  createEncoder,
  loadSae,
  readMetrics,
  trainSae,
  type TrainingConfig,
} from "#lib/sae/index";
import { resampleDeadLatents } from "#lib/sae/resample";
import { stateShapes } from "#lib/sae/train-state";
import {
  PLANTED_IDENTITY,
  plantedSource,
  SMALL_RUN,
  smallRunConfig,
} from "./planted-source";
import { rowNorms } from "./problem";

const folders: string[] = [];
afterEach(async () => {
  for (const path of folders.splice(0)) await rm(path, { recursive: true });
});
const source = plantedSource(SMALL_RUN.source);

async function train(change: Partial<TrainingConfig>) {
  const folder = await mkdtemp(join(tmpdir(), "monolex-arch-"));
  folders.push(folder);
  await trainSae({
    config: smallRunConfig(change),
    identity: PLANTED_IDENTITY,
    source,
    folder,
    threads: 2,
  });
  return { folder, sae: await loadSae(folder) };
}

describe("an SAE's file", () => {
  it.each(ARCHITECTURES)(
    "says what it is, and is read as that: %s",
    async (architecture) => {
      const { folder, sae } = await train({ architecture, epochs: 1 });
      expect(sae.config.architecture).toBe(architecture);
      const norms = rowNorms(sae.W_dec, sae.config.dIn);
      for (const norm of norms) expect(norm).toBeCloseTo(1, 5);
      const cfg = JSON.parse(
        await readFile(join(folder, "cfg.json"), "utf8"),
      ) as { architecture: string };
      expect(cfg.architecture).toBe(
        {
          topk: "topk",
          batch_topk: "jumprelu",
          matryoshka_batch_topk: "jumprelu",
          jumprelu: "jumprelu",
          gated: "gated",
          relu_l1: "standard",
        }[architecture],
      );
    },
  );
});

describe("batch_topk", () => {
  it.each(["batch_topk", "matryoshka_batch_topk"] as const)(
    "reads a token alone with about k latents, by its learned threshold: %s",
    async (architecture) => {
      const { sae } = await train({ architecture, epochs: 20, lr: 5e-3 });
      expect(new Set(sae.threshold).size).toBe(1);
      const rows = 4000;
      const x = new Float32Array(rows * sae.config.dIn);
      const sequences = Uint32Array.from(
        { length: rows / SMALL_RUN.source.rows },
        (_, i) => 5000 + i,
      );
      await source.read(sequences, x);
      const encoder = await createEncoder(sae);
      const code = await encoder.encode(x, rows);
      await encoder.dispose();
      const l0 = code.rowPtr[rows]! / rows;
      expect(Math.abs(l0 / SMALL_RUN.k - 1)).toBeLessThan(0.05);
    },
  );
});

describe("jumprelu", () => {
  it("moves its thresholds, each to a place of its own", async () => {
    const start = (await train({ architecture: "jumprelu", maxTokens: 64 })).sae
      .threshold!;
    expect(new Set(start.map((t) => Math.round(t * 50))).size).toBe(1);
    const { sae, folder } = await train({
      architecture: "jumprelu",
      epochs: 20,
      lr: 5e-3,
    });
    const end = sae.threshold!;
    const moved = end.filter((t, i) => Math.abs(t / start[i]! - 1) > 0.1);
    expect(moved.length).toBeGreaterThan(end.length / 2);
    expect(Math.min(...end)).toBeGreaterThanOrEqual(0);
    const metrics = await readMetrics(join(folder, "metrics.jsonl"));
    expect(metrics.at(-1)!.l0 / SMALL_RUN.k).toBeGreaterThan(0.8);
    expect(metrics.at(-1)!.l0 / SMALL_RUN.k).toBeLessThan(1.2);
  });
});

describe("resampling", () => {
  it("points dead latents at badly reconstructed inputs and leaves others alone", () => {
    const config = smallRunConfig({ architecture: "relu_l1" });
    const { dIn, dSae, deadAfterTokens } = config;
    const rng = new Rng(1);
    const tensors = Object.fromEntries(
      Object.entries(stateShapes(config)).map(([name, shape]) => [
        name,
        Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () =>
          rng.normal(),
        ),
      ]),
    );
    const before = structuredClone(tensors);
    const silentTokens = new Float64Array(dSae);
    const dead = [0, 5, 17];
    for (const i of dead) silentTokens[i] = deadAfterTokens;
    const rows = 20;
    const x = Float32Array.from({ length: rows * dIn }, () => rng.normal());
    // Only row 7 has an error worth modelling.
    const errors = new Float32Array(rows).fill(1e-6);
    errors[7] = 3;
    const state = { tensors, silentTokens };
    expect(resampleDeadLatents(config, state, x, errors, new Rng(2))).toBe(
      dead.length,
    );

    const direction = Array.from(
      x.subarray(7 * dIn, 8 * dIn),
      (v, c) => v - tensors.b_dec![c]!,
    );
    const norm = Math.hypot(...direction);
    for (const i of dead) {
      const row = tensors.W_dec!.subarray(i * dIn, (i + 1) * dIn);
      row.forEach((v, c) => expect(v).toBeCloseTo(direction[c]! / norm, 5));
      expect(tensors.b_enc![i]).toBe(0);
      expect(tensors["m.b_enc"]![i]).toBe(0);
      expect(tensors["v.W_dec"]![i * dIn + 3]).toBe(0);
      expect(silentTokens[i]).toBe(0);
    }
    const live = 1;
    for (const name of Object.keys(tensors)) {
      const own = name.endsWith("b_dec") || name.endsWith("b_enc") ? 1 : dIn;
      const at = (values: Float32Array) =>
        values.slice(live * own, (live + 1) * own);
      expect(at(tensors[name]!)).toEqual(at(before[name]!));
    }
    expect(tensors.b_dec).toEqual(before.b_dec);
    // Nothing is dead any more.
    expect(resampleDeadLatents(config, state, x, errors, rng)).toBe(0);
  });

  it("lets a fresh JumpReLU latent fire where it was pointed", () => {
    const config = smallRunConfig({
      architecture: "jumprelu",
      deadLatents: "resample",
    });
    const { dIn, dSae, deadAfterTokens } = config;
    const rng = new Rng(1);
    const tensors = Object.fromEntries(
      Object.entries(stateShapes(config)).map(([name, shape]) => [
        name,
        Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () =>
          rng.normal(),
        ),
      ]),
    );
    tensors.threshold!.fill(2);
    tensors.threshold![3] = 50;
    const silentTokens = new Float64Array(dSae);
    silentTokens[3] = deadAfterTokens;
    const x = Float32Array.from({ length: dIn }, () => 3 * rng.normal());
    const errors = new Float32Array([1]);
    resampleDeadLatents(config, { tensors, silentTokens }, x, errors, rng);
    // The live ones' mean, far below what had silenced it.
    expect(tensors.threshold![3]).toBeCloseTo(2, 6);
    let z = tensors.b_enc![3]!;
    for (let c = 0; c < dIn; c++) {
      z += tensors.W_enc![3 * dIn + c]! * (x[c]! - tensors.b_dec![c]!);
    }
    expect(z).toBeGreaterThan(tensors.threshold![3]!);
  });
});

describe("a training configuration", () => {
  const changes: [string, Partial<TrainingConfig>, RegExp][] = [
    ["k for an L1 penalty", { architecture: "relu_l1", k: 3 }, /has no k/],
    ["a target L0 for top-k", { targetL0: 3 }, /takes k, not a target L0/],
    [
      "a target L0 above the dictionary",
      { architecture: "jumprelu", targetL0: 1e6 },
      /target L0 must be between/,
    ],
    [
      "a bandwidth of zero",
      { architecture: "jumprelu", bandwidth: 0 },
      /bandwidth/,
    ],
    [
      "nested sizes that do not ascend",
      {
        architecture: "matryoshka_batch_topk",
        matryoshkaFractions: [0.5, 0.25, 1],
      },
      /ascending/,
    ],
    [
      "nested sizes that leave latents out",
      { architecture: "matryoshka_batch_topk", matryoshkaFractions: [0.5] },
      /ascending shares of the dictionary that end with 1/,
    ],
    [
      "nested dictionaries elsewhere",
      { matryoshkaFractions: [1] },
      /only matryoshka_batch_topk/,
    ],
    [
      "decoder norms in the L1 of unit rows",
      { architecture: "relu_l1", decoderNormL1: true },
      /without unit norm/,
    ],
    ["resampling for top-k", { deadLatents: "resample" }, /resampling is for/],
    [
      "AuxK for L1",
      { architecture: "relu_l1", deadLatents: "aux_k" },
      /for the top-k family/,
    ],
    [
      "the pre-activation loss for top-k",
      { deadLatents: "pre_activation" },
      /for jumprelu/,
    ],
    ["a gradient norm of zero", { gradClip: 0 }, /clipped above 0/],
    ["an average of nothing", { emaDecay: 1 }, /between 0 and 1/],
  ];
  it.each(changes)("is refused with %s", (_, change, message) => {
    expect(() => {
      checkTrainingConfig(smallRunConfig(change));
    }).toThrow(message);
  });
});
