import { afterAll, describe, expect, it } from "vitest";
import {
  EngineError,
  loadDevice,
  type LoadedDevice,
  type TfjsDevice,
} from "#lib/compute/index";
import { AppError } from "#lib/errors";
import { Rng } from "#lib/random";
import { TfjsTrainer } from "#lib/sae/dense/tfjs-trainer";
import { parametersOf } from "#lib/sae/train-state";
import type { SaeTrainer } from "#lib/sae/trainer";
import { expectClose } from "#test/tolerance";
import { loadParams, randomNormal } from "./problem";
import { TRAINERS } from "./trainers";
import { oracleParams, problemOf, VARIANTS } from "./variants";

const SHAPE = { rows: 24, dIn: 40, dSae: 72, k: 4 };

/** Every effect that a step may have, in one configuration. */
function fullProblem(name: string) {
  const { config, q } = problemOf(SHAPE, VARIANTS[name]!);
  const dead =
    config.k !== null
      ? "aux_k"
      : config.architecture === "jumprelu"
        ? "pre_activation"
        : "none";
  return {
    sparsity: q.sparsity,
    config: {
      ...config,
      deadLatents: dead,
      deadCoefficient: 1 / 32,
      auxK: 6,
      deadAfterTokens: 60,
      gradClip: 0.5,
      emaDecay: 0.9,
    } as const,
  };
}

async function steps(trainer: SaeTrainer, sparsity: number, count: number) {
  const { config } = trainer;
  const rng = new Rng(3);
  await loadParams(trainer, oracleParams(rng, config));
  const state = await trainer.snapshot();
  for (let i = 0; i < config.dSae; i += 5) state.silentTokens[i] = 100;
  await trainer.restore(state);
  const seen = [];
  for (let step = 0; step < count; step++) {
    trainer.input.set(randomNormal(rng, SHAPE.rows * SHAPE.dIn));
    const { errors, ...metrics } = await trainer.step({ lr: 3e-3, sparsity });
    seen.push({ ...metrics, errors: Array.from(errors) });
  }
  return seen;
}

interface Found {
  name: TfjsDevice;
  device: LoadedDevice | null;
  why: string;
}

/** Every device; WebGPU may be missing, and then says why. */
const found = await Promise.all(
  (["cpu", "wasm", "webgpu"] as const).map(async (name): Promise<Found> => {
    try {
      return { name, device: await loadDevice(name), why: "" };
    } catch (error) {
      if (!(error instanceof AppError) || name !== "webgpu") throw error;
      return { name, device: null, why: error.message };
    }
  }),
);

for (const { name, device, why } of found) {
  if (device === null) {
    it.skip(`the tfjs trainer on ${name}: ${why}`, () => undefined);
    continue;
  }
  describe(`the tfjs trainer on ${name}`, () => {
    const open: SaeTrainer[] = [];
    afterAll(async () => {
      for (const trainer of open) await trainer.dispose();
    });

    it.each(Object.keys(VARIANTS))(
      "takes the sparse trainer's steps, every effect included: %s",
      async (variant) => {
        const { config, sparsity } = fullProblem(variant);
        const sparse = await TRAINERS.sparse!(config, 1);
        const dense = await TfjsTrainer.create(config, device);
        open.push(sparse, dense);
        const expected = await steps(sparse, sparsity, 4);
        const actual = await steps(dense, sparsity, 4);
        expected.forEach((e, step) => {
          const a = actual[step]!;
          expect([a.l0, a.dead, a.threshold === null]).toEqual([
            e.l0,
            e.dead,
            e.threshold === null,
          ]);
          const numbers = (m: typeof e) => [m.loss, m.mse, m.l1];
          expectClose(numbers(a), numbers(e), 1e-4);
          expectClose([a.auxMse], [e.auxMse], 1e-4, 1e-6);
          expectClose([a.threshold ?? 0], [e.threshold ?? 0], 1e-4, 1e-6);
          expectClose(a.errors, e.errors, 1e-4);
        });
        const [s, d] = [await sparse.snapshot(), await dense.snapshot()];
        expect(d.step).toBe(s.step);
        expect(d.silentTokens).toEqual(s.silentTokens);
        for (const t of parametersOf(config)) {
          expectClose(d.tensors[t]!, s.tensors[t]!, 1e-3);
          expectClose(d.tensors[`ema.${t}`]!, s.tensors[`ema.${t}`]!, 1e-3);
        }
      },
    );

    it.each(Object.keys(VARIANTS))(
      "goes on from a snapshot to the same bytes: %s",
      async (variant) => {
        const { config, sparsity } = fullProblem(variant);
        const whole = await TfjsTrainer.create(config, device);
        const resumed = await TfjsTrainer.create(config, device);
        open.push(whole, resumed);
        await steps(whole, sparsity, 3);
        await resumed.restore(structuredClone(await whole.snapshot()));
        const x = randomNormal(new Rng(8), SHAPE.rows * SHAPE.dIn);
        for (const trainer of [whole, resumed]) {
          trainer.input.set(x);
          await trainer.step({ lr: 1e-3, sparsity });
        }
        expect(await resumed.snapshot()).toEqual(await whole.snapshot());
      },
    );

    it.each(Object.keys(VARIANTS))(
      "keeps nothing on the device from one step to the next: %s",
      async (variant) => {
        const { config, sparsity } = fullProblem(variant);
        const { tf } = device;
        const before = tf.memory().numTensors;
        const trainer = await TfjsTrainer.create(config, device);
        const own = tf.memory().numTensors;
        expect(own).toBeGreaterThan(before);
        await steps(trainer, sparsity, 3);
        expect(tf.memory().numTensors).toBe(own);
        await trainer.step({ lr: 1e-3, sparsity }, { gradients: true });
        expect(tf.memory().numTensors).toBe(own);
        await trainer.dispose();
        expect(tf.memory().numTensors).toBe(before);
      },
    );
  });
}

it("says with an EngineError that the device failed", async () => {
  const device = await loadDevice("cpu");
  const { config } = fullProblem("topk");
  let failure: Error | null = null;
  const trainer = await TfjsTrainer.create(config, {
    ...device,
    failure: () => failure,
  });
  failure = new Error("device lost");
  const step = trainer.step({ lr: 1e-3, sparsity: 0 });
  await expect(step).rejects.toThrow(EngineError);
  await expect(step).rejects.toThrow(/device lost/);
  await trainer.dispose();
});
