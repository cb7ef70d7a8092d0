import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { Rng } from "#lib/random";
import type { TrainingConfig } from "#lib/sae/config";
import { SaeTrainer } from "#lib/sae/trainer";
import * as oracle from "#test/reference/sae";
import { expectClose } from "#test/tolerance";
import {
  loadParams,
  plainConfig,
  randomNormal,
  randomParams,
  splitGradients,
  transposed,
} from "./problem";

const TENSORS = ["W_enc", "W_dec", "b_enc", "b_dec"] as const;

const open: SaeTrainer[] = [];
async function trainerFor(config: TrainingConfig, threads = 2) {
  const trainer = await SaeTrainer.create(config, threads);
  open.push(trainer);
  return trainer;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((trainer) => trainer.dispose()));
});

interface Case {
  f: number[];
  x_hat: number[];
  mse: number[];
  loss: number[];
  lambda?: number;
  grad: Record<(typeof TENSORS)[number], number[]>;
  adam_step: Record<(typeof TENSORS)[number], number[]>;
}
interface Reference extends Record<(typeof TENSORS)[number], number[]> {
  x: number[];
  k: number;
  shapes: Record<string, number[]>;
  cases: Record<string, Case>;
}

const reference = JSON.parse(
  readFileSync("test/fixtures/sae-step-reference.json", "utf8"),
) as Reference;

describe("the PyTorch reference step", () => {
  const [rows, dIn] = reference.shapes.x as [number, number];
  const dSae = reference.shapes.b_enc![0]!;

  it.each(["topk", "relu_l1"] as const)(
    "agrees for %s: loss, gradients and one Adam step within 1e-5",
    async (architecture) => {
      const expected = reference.cases[architecture]!;
      const l1 = expected.lambda ?? 0;
      const trainer = await trainerFor(
        plainConfig({
          architecture,
          dIn,
          dSae,
          k: architecture === "topk" ? reference.k : null,
          l1Coefficient: l1,
          batchSize: rows,
        }),
      );
      loadParams(trainer, {
        W_enc: transposed(reference.W_enc, dIn, dSae),
        W_dec: Float64Array.from(reference.W_dec),
        b_enc: Float64Array.from(reference.b_enc),
        b_dec: Float64Array.from(reference.b_dec),
      });
      trainer.input.set(reference.x);
      const block = trainer.gradientBlock();
      const metrics = await trainer.step(
        { lr: 1e-3, l1Coefficient: l1 },
        rows,
        block,
      );
      expectClose([metrics.mse], expected.mse, 1e-5);
      expectClose([metrics.mse + l1 * metrics.l1], expected.loss, 1e-5);
      const grad = splitGradients(block, dIn, dSae);
      for (const name of TENSORS) {
        const asRows = (values: number[]) =>
          name === "W_enc" ? transposed(values, dIn, dSae) : values;
        expectClose(grad[name], asRows(expected.grad[name]), 1e-5);
        expectClose(
          trainer.state.view(name),
          asRows(expected.adam_step[name]),
          1e-5,
        );
      }
    },
  );
});

const SHAPES = [
  // A width that fills the kernels' blocks, one that leaves a ragged tail.
  { rows: 24, dIn: 64, dSae: 80, k: 5 },
  { rows: 17, dIn: 39, dSae: 50, k: 3 },
];

describe("the oracle", () => {
  it.each(["topk", "relu_l1", "topk with AuxK"])(
    "has the gradients that finite differences give (%s)",
    (name) => {
      const architecture = name === "relu_l1" ? "relu_l1" : "topk";
      const rng = new Rng(3);
      const q: oracle.Problem = {
        architecture,
        rows: 6,
        dIn: 7,
        dSae: 12,
        k: 3,
        l1: architecture === "relu_l1" ? 0.3 : 0,
      };
      if (name.endsWith("AuxK")) {
        q.aux = { dead: [1, 4, 9], k: 2, coefficient: 0.5 };
      }
      const p = randomParams(rng, q.dIn, q.dSae);
      const x = randomNormal(rng, q.rows * q.dIn);
      const z = oracle.preActivations(p, x, q);
      const active = oracle.select(z, q);
      // Alive and dead sets are disjoint in training.
      for (const i of q.aux?.dead ?? []) {
        for (let r = 0; r < q.rows; r++) active[r * q.dSae + i] = false;
      }
      const auxActive = q.aux && oracle.selectAux(z, q);
      const base = oracle.forward(p, x, q, active);
      const residual = x.map((v, i) => v - base.xHat[i]!);
      const loss = () =>
        oracle.forward(p, x, q, active, auxActive, residual).loss;
      const analytic = oracle.gradients(p, x, q, active, auxActive);
      const h = 1e-5;
      for (const tensor of TENSORS) {
        const numeric = p[tensor].map((value, i) => {
          p[tensor][i] = value + h;
          const up = loss();
          p[tensor][i] = value - h;
          const down = loss();
          p[tensor][i] = value;
          return (up - down) / (2 * h);
        });
        expectClose(analytic[tensor], numeric, 1e-6);
      }
    },
  );
});

describe.each(SHAPES)("the trainer at %o", ({ rows, dIn, dSae, k }) => {
  it.each(["topk", "relu_l1"] as const)(
    "follows the oracle through 20 steps of %s with unit-norm decoder rows",
    async (architecture) => {
      const rng = new Rng(17);
      const l1 = architecture === "relu_l1" ? 0.2 : 0;
      const q: oracle.Problem = { architecture, rows, dIn, dSae, k, l1 };
      const config = plainConfig({
        architecture,
        dIn,
        dSae,
        k: architecture === "topk" ? k : null,
        l1Coefficient: l1,
        batchSize: rows,
        unitNormDecoder: true,
      });
      const trainer = await trainerFor(config);
      const p = randomParams(rng, dIn, dSae);
      oracle.normaliseRows(p.W_dec, dIn);
      loadParams(trainer, p);
      const m = structuredClone(p);
      const v = structuredClone(p);
      for (const t of TENSORS) {
        m[t].fill(0);
        v[t].fill(0);
      }
      for (let step = 1; step <= 20; step++) {
        const x = randomNormal(rng, rows * dIn);
        trainer.input.set(x);
        const metrics = await trainer.step({ lr: 3e-3, l1Coefficient: l1 });

        const active = oracle.select(oracle.preActivations(p, x, q), q);
        const expected = oracle.forward(p, x, q, active);
        const g = oracle.gradients(p, x, q, active);
        oracle.projectRows(g.W_dec, p.W_dec, dIn);
        for (const t of TENSORS) {
          oracle.adamStep(p[t], m[t], v[t], g[t], step, {
            ...config,
            lr: 3e-3,
          });
        }
        oracle.normaliseRows(p.W_dec, dIn);

        expectClose([metrics.mse], [expected.mse], 1e-4);
        if (architecture === "topk") expect(metrics.l0).toBeLessThanOrEqual(k);
      }
      for (const t of TENSORS) {
        expectClose(trainer.state.view(t), p[t], 1e-3);
      }
      const norms = rowNorms(trainer.state.view("W_dec"), dIn);
      expectClose(
        norms,
        norms.map(() => 1),
        1e-6,
      );
    },
  );

  it("gives dead latents AuxK's gradient and leaves live ones alone", async () => {
    const rng = new Rng(5);
    const auxK = 4;
    const dead = [2, 3, 11, 20, 33, 41];
    const coefficient = 1 / 32;
    const config = plainConfig({
      architecture: "topk",
      dIn,
      dSae,
      k,
      batchSize: rows,
      auxCoefficient: coefficient,
      auxK,
      deadAfterTokens: 1000,
    });
    const p = randomParams(rng, dIn, dSae);
    // Far below the others, so that no dead latent is among the top k; the
    // auxiliary code needs positive activations, so the bias is moved after.
    const x = randomNormal(rng, rows * dIn);
    for (const i of dead) {
      for (let c = 0; c < dIn; c++) p.W_enc[i * dIn + c]! *= 0.01;
      p.b_enc[i] = Math.fround(0.01);
    }
    const q: oracle.Problem = {
      architecture: "topk",
      rows,
      dIn,
      dSae,
      k,
      l1: 0,
      aux: { dead, k: auxK, coefficient },
    };
    const z = oracle.preActivations(p, x, q);
    const active = oracle.select(z, q);
    for (const i of dead) {
      for (let r = 0; r < rows; r++) expect(active[r * dSae + i]).toBe(false);
    }
    const expected = oracle.gradients(p, x, q, active, oracle.selectAux(z, q));
    const without = oracle.gradients(p, x, q, active);

    const run = async (withAux: boolean, shift = 0) => {
      const trainer = await trainerFor(config);
      loadParams(trainer, p);
      trainer.state.view("b_dec").set(p.b_dec.map((b) => b + shift));
      if (withAux) for (const i of dead) trainer.state.silentTokens[i] = 1000;
      trainer.input.set(x.map((value) => value + shift));
      const block = trainer.gradientBlock();
      const metrics = await trainer.step(
        { lr: 1e-3, l1Coefficient: 0 },
        rows,
        block,
      );
      return { metrics, grad: splitGradients(block, dIn, dSae) };
    };
    const { metrics, grad } = await run(true);
    expect(metrics.dead).toBe(dead.length);
    for (const t of TENSORS) expectClose(grad[t], expected[t], 1e-4);

    // Live latents get exactly the gradient they get without the auxiliary loss.
    const plain = (await run(false)).grad;
    for (const t of ["W_enc", "W_dec"] as const) {
      for (let i = 0; i < dSae; i++) {
        if (dead.includes(i)) continue;
        expect(grad[t].slice(i * dIn, (i + 1) * dIn)).toEqual(
          plain[t].slice(i * dIn, (i + 1) * dIn),
        );
      }
    }
    expectClose(plain.W_dec, without.W_dec, 1e-4);

    // Shifting inputs and b_dec together changes nothing: b_dec is not in ê.
    const shifted = await run(true, 3);
    expectClose([shifted.metrics.auxMse], [metrics.auxMse], 1e-3);
    expectClose(shifted.grad.W_dec, grad.W_dec, 2e-3);
  });
});

describe("the trainer", () => {
  it("gives the same bytes for the same seed, whatever ran before", async () => {
    const bytes = async () => {
      const rng = new Rng(9);
      const config = plainConfig({
        architecture: "topk",
        dIn: 32,
        dSae: 64,
        k: 4,
        batchSize: 32,
        unitNormDecoder: true,
      });
      const trainer = await trainerFor(config);
      loadParams(trainer, randomParams(rng, 32, 64));
      for (let step = 0; step < 5; step++) {
        trainer.input.set(randomNormal(rng, 32 * 32));
        await trainer.step({ lr: 1e-3, l1Coefficient: 0 });
      }
      return Array.from(trainer.state.view("W_enc"));
    };
    expect(await bytes()).toEqual(await bytes());
  });

  it("computes the same on one thread as on two", async () => {
    const weights = async (threads: number) => {
      const rng = new Rng(21);
      const config = plainConfig({
        architecture: "topk",
        dIn: 32,
        dSae: 64,
        k: 4,
        batchSize: 40,
        unitNormDecoder: true,
      });
      const trainer = await trainerFor(config, threads);
      loadParams(trainer, randomParams(rng, 32, 64));
      for (let step = 0; step < 5; step++) {
        trainer.input.set(randomNormal(rng, 40 * 32));
        await trainer.step({ lr: 1e-3, l1Coefficient: 0 });
      }
      return trainer.state.view("W_dec").slice();
    };
    expectClose(await weights(1), await weights(2), 1e-5);
  });

  it("projects the decoder's gradient before Adam: a purely parallel gradient moves nothing", async () => {
    // One latent, one row along its decoder: the gradient is parallel to it.
    const dIn = 4;
    const trainer = await trainerFor(
      plainConfig({
        architecture: "topk",
        dIn,
        dSae: 1,
        k: 1,
        batchSize: 1,
        unitNormDecoder: true,
      }),
    );
    loadParams(trainer, {
      W_enc: Float64Array.of(1, 0, 0, 0),
      W_dec: Float64Array.of(1, 0, 0, 0),
      b_enc: Float64Array.of(0.5),
      b_dec: new Float64Array(dIn),
    });
    trainer.input.set([2, 0, 0, 0]);
    await trainer.step({ lr: 1e-2, l1Coefficient: 0 });
    expect(Array.from(trainer.state.view("W_dec"))).toEqual([1, 0, 0, 0]);
    expect(Math.max(...trainer.state.view("m.W_dec").map(Math.abs))).toBe(0);
  });
});

function rowNorms(w: Float32Array, d: number): number[] {
  return Array.from({ length: w.length / d }, (_, i) =>
    Math.hypot(...w.subarray(i * d, (i + 1) * d)),
  );
}
