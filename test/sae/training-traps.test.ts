import { afterEach, describe, expect, it } from "vitest";
import { Rng } from "#lib/random";
import type { TrainingConfig } from "#lib/sae/config";
import { parametersOf } from "#lib/sae/train-state";
import type { SaeTrainer } from "#lib/sae/trainer";
import * as oracle from "#test/reference/sae";
import { forward, gradients } from "#test/reference/sae-loss";
import { expectClose } from "#test/tolerance";
import { loadParams, plainConfig, randomNormal, randomParams } from "./problem";
import { TRAINERS } from "./trainers";
import { oracleParams, problemOf, SHAPES, VARIANTS } from "./variants";

const open: SaeTrainer[] = [];
afterEach(async () => {
  for (const trainer of open.splice(0)) await trainer.dispose();
});

describe.each(Object.entries(TRAINERS))("the %s trainer", (_, create) => {
  async function trainerFor(config: TrainingConfig, threads = 2) {
    const trainer = await create(config, threads);
    open.push(trainer);
    return trainer;
  }

  describe.each(SHAPES)("at %o", (shape) => {
    it.each(["topk", "batch_topk", "matryoshka_batch_topk"])(
      "gives dead latents AuxK's gradient and leaves live ones alone: %s",
      async (name) => {
        const rng = new Rng(5);
        const dead = [2, 3, 11, 20, 33, 41];
        const { config, q } = problemOf(shape, {
          ...VARIANTS[name]!,
          unitNormDecoder: false,
          deadLatents: "aux_k",
          deadCoefficient: 1 / 32,
          auxK: 4,
          deadAfterTokens: 1000,
        });
        const p = oracleParams(rng, config);
        const x = randomNormal(rng, shape.rows * shape.dIn);
        quieten(p, dead, shape.dIn);
        const aux = { dead, k: config.auxK, coefficient: 1 / 32 };
        const e = oracle.expand(p, x, { ...q, aux });
        for (const i of dead) {
          for (let r = 0; r < shape.rows; r++) {
            expect(e.active[r * shape.dSae + i]).toBe(false);
          }
        }
        const expected = gradients(p, x, { ...q, aux }, e);

        const run = async (withAux: boolean, shift = 0) => {
          const trainer = await trainerFor(config);
          const b_dec = p.b_dec.map((b) => b + shift);
          await loadParams(trainer, { ...p, b_dec });
          if (withAux) await silence(trainer, dead, 1000);
          trainer.input.set(x.map((value) => value + shift));
          const metrics = await trainer.step(
            { lr: 1e-3, sparsity: 0 },
            { gradients: true },
          );
          return { metrics, grad: metrics.gradients! };
        };
        const { metrics, grad } = await run(true);
        expect(metrics.dead).toBe(dead.length);
        expectClose(
          [metrics.loss],
          [forward(p, x, { ...q, aux }, e).loss],
          1e-4,
        );
        for (const t of parametersOf(config)) {
          expectClose(grad[t]!, expected[t]!, 1e-4);
        }

        // Live latents get exactly the gradient they get without that loss.
        const plain = (await run(false)).grad;
        for (const t of ["W_enc", "W_dec"] as const) {
          for (let i = 0; i < shape.dSae; i++) {
            if (dead.includes(i)) continue;
            const row = (g: Float32Array) =>
              g.slice(i * shape.dIn, (i + 1) * shape.dIn);
            expect(row(grad[t]!)).toEqual(row(plain[t]!));
          }
        }

        // Shifting inputs and b_dec together changes nothing: b_dec is not in ê.
        const shifted = await run(true, 3);
        expectClose([shifted.metrics.auxMse], [metrics.auxMse], 1e-3);
        expectClose(shifted.grad.W_dec!, grad.W_dec!, 2e-3);
      },
    );

    it("pulls dead JumpReLU latents by their pre-activations", async () => {
      const rng = new Rng(6);
      const dead = [1, 7, 30];
      const { config, q } = problemOf(shape, {
        ...VARIANTS.jumprelu!,
        unitNormDecoder: false,
        deadLatents: "pre_activation",
        deadCoefficient: 0.3,
        deadAfterTokens: 1000,
      });
      const p = oracleParams(rng, config);
      const x = randomNormal(rng, shape.rows * shape.dIn);
      const problem = {
        ...q,
        preActivation: { dead, coefficient: config.deadCoefficient },
      };
      const e = oracle.expand(p, x, problem);
      const trainer = await trainerFor(config);
      await loadParams(trainer, p);
      await silence(trainer, dead, 1000);
      trainer.input.set(x);
      const metrics = await trainer.step(
        { lr: 1e-3, sparsity: q.sparsity },
        { gradients: true },
      );
      expectClose([metrics.loss], [forward(p, x, problem, e).loss], 1e-4);
      const expected = gradients(p, x, problem, e);
      for (const t of parametersOf(config)) {
        expectClose(metrics.gradients![t]!, expected[t]!, 1e-4);
      }
    });

    it.each(["topk", "jumprelu", "gated"])(
      "clips the norm of all gradients together, after projection: %s",
      async (name) => {
        const { config, q } = problemOf(shape, VARIANTS[name]!);
        // Adam does not see a gradient's scale in its first step but through
        // its moments.
        const rng = new Rng(9);
        const p = oracleParams(rng, config);
        const x = randomNormal(rng, shape.rows * shape.dIn);
        const moments = async (gradClip: number | null) => {
          const trainer = await trainerFor({ ...config, gradClip });
          await loadParams(trainer, p);
          trainer.input.set(x);
          await trainer.step({ lr: 1e-3, sparsity: q.sparsity });
          const { tensors } = await trainer.snapshot();
          return parametersOf(config).flatMap((t) =>
            Array.from(tensors[`m.${t}`]!, (m) => m / (1 - config.beta1)),
          );
        };
        const free = await moments(null);
        const norm = Math.hypot(...free);
        const clipped = await moments(norm / 3);
        expectClose(
          clipped,
          free.map((g) => g / 3),
          1e-4,
        );
        expectClose(await moments(norm * 3), free, 1e-6);
      },
    );
  });

  it("gives the same bytes for the same seed, whatever ran before", async () => {
    const bytes = async () => {
      const rng = new Rng(9);
      const { config } = problemOf(
        { rows: 32, dIn: 32, dSae: 64, k: 4 },
        VARIANTS.batch_topk!,
      );
      const trainer = await trainerFor(config);
      await loadParams(trainer, randomParams(rng, 32, 64));
      for (let step = 0; step < 5; step++) {
        trainer.input.set(randomNormal(rng, 32 * 32));
        await trainer.step({ lr: 1e-3, sparsity: 0 });
      }
      return Array.from((await trainer.snapshot()).tensors.W_enc!);
    };
    expect(await bytes()).toEqual(await bytes());
  });

  it("computes the same on one thread as on two", async () => {
    const weights = async (threads: number) => {
      const rng = new Rng(21);
      const { config } = problemOf(
        { rows: 40, dIn: 32, dSae: 64, k: 4 },
        VARIANTS.topk!,
      );
      const trainer = await trainerFor(config, threads);
      await loadParams(trainer, randomParams(rng, 32, 64));
      for (let step = 0; step < 5; step++) {
        trainer.input.set(randomNormal(rng, 40 * 32));
        await trainer.step({ lr: 1e-3, sparsity: 0 });
      }
      return (await trainer.snapshot()).tensors.W_dec!.slice();
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
    await loadParams(trainer, {
      W_enc: Float64Array.of(1, 0, 0, 0),
      W_dec: Float64Array.of(1, 0, 0, 0),
      b_enc: Float64Array.of(0.5),
      b_dec: new Float64Array(dIn),
    });
    trainer.input.set([2, 0, 0, 0]);
    await trainer.step({ lr: 1e-2, sparsity: 0 });
    const { tensors } = await trainer.snapshot();
    expect(Array.from(tensors.W_dec!)).toEqual([1, 0, 0, 0]);
    expect(Math.max(...tensors["m.W_dec"]!.map(Math.abs))).toBe(0);
  });
});

/** So weak that they are never among the strongest, and yet positive. */
function quieten(p: oracle.Params, latents: number[], dIn: number): void {
  for (const i of latents) {
    for (let c = 0; c < dIn; c++) {
      p.W_enc[i * dIn + c] = Math.fround(0.01 * p.W_enc[i * dIn + c]!);
    }
    p.b_enc[i] = Math.fround(0.01);
  }
}

/** Makes the trainer believe that latents have long been silent. */
async function silence(
  trainer: SaeTrainer,
  latents: number[],
  tokens: number,
): Promise<void> {
  const state = await trainer.snapshot();
  for (const i of latents) state.silentTokens[i] = tokens;
  await trainer.restore(state);
}
